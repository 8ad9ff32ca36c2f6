/** The dashboard's client of the API: the page's own origin, with the CSRF token of the session. */
import { type ApiClient, ApiError, apiClient } from '../../shared/client.ts';

let csrfToken = '';
export const setCsrfToken = (token: string): void => {
  csrfToken = token;
};

let onSignedOut: (() => void) | undefined;
/** Called when an answer says that the session has ended meanwhile. */
export const whenSignedOut = (told: (() => void) | undefined): void => {
  onSignedOut = told;
};

const client = apiClient({
  origin: '',
  fetch: (url, init) => fetch(url, { ...init, credentials: 'same-origin' }),
  headers: () => (csrfToken === '' ? {} : { 'x-foliokeep-csrf': csrfToken }),
});

export const callApi: ApiClient = async (id, call) => {
  try {
    return await client(id, call);
  } catch (error) {
    if (id !== 'getMe' && error instanceof ApiError && isSignedOut(error.problem.code)) onSignedOut?.();
    throw error;
  }
};

export const isSignedOut = (code: string | undefined): boolean =>
  code === 'NOT_SIGNED_IN' || code === 'CREDENTIAL_REFUSED';

/** What a person reads when a call failed: the server's sentence, or that it cannot be reached. */
export interface Trouble {
  sentence: string;
  code: string;
  button: string;
  field: string | undefined;
}

export function troubleOf(error: unknown): Trouble {
  if (error instanceof ApiError) {
    const { detail, code, button, field } = error.problem;
    return { sentence: detail, code, button, field };
  }
  return {
    sentence: 'Foliokeep cannot be reached. Your tabs are kept; this page goes on by itself.',
    code: 'NETWORK',
    button: '',
    field: undefined,
  };
}
