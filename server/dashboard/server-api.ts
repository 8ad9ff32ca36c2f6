/** The dashboard's client of the API: the page's own origin, with the CSRF token of the session. */
import { ApiError, apiClient } from '../../shared/client.ts';

let csrfToken = '';
export const setCsrfToken = (token: string): void => {
  csrfToken = token;
};

export const callApi = apiClient({
  origin: '',
  fetch: (url, init) => fetch(url, { ...init, credentials: 'same-origin' }),
  headers: () => (csrfToken === '' ? {} : { 'x-foliokeep-csrf': csrfToken }),
});

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
    sentence: 'Foliokeep cannot be reached. Check your connection; your tabs are kept.',
    code: 'NETWORK',
    button: '',
    field: undefined,
  };
}
