/** The way home from Xero or Google: tokens for the code, a grant for the tokens, connections for what was picked. */
import type { Consent, Provider } from '../domain/grant.ts';
import { driveFileScope } from '../domain/scopes.ts';
import type { Actor } from '../domain/team.ts';
import { storeGrant } from '../engine/access/store-grant.ts';
import { FatalError, UserError } from '../errors.ts';
import type { Ports, TokenSet } from '../ports.ts';
import { type ConnectedOrganisation, connectOrganisations } from './connect-organisations.ts';
import { signIn } from './sign-in.ts';
import { useConsent } from './use-consent.ts';

export interface ConsentReturn {
  /** Whose address of ours it came to: a code goes to nobody but who gave it. */
  provider: Provider;
  state: string;
  /** As given to `beginConsent`. */
  sessionId: string;
  /** One of the two. */
  code?: string;
  error?: string;
}

export type ConsentOutcome = { returnTo: string } & (
  | {
      kind: 'signed-in';
      userId: string;
      teamId: string;
      isNew: boolean;
      /** Null: sheets were not allowed; ask with purpose `connect`. */
      googleGrantId: string | null;
    }
  | { kind: 'google-granted'; googleGrantId: string }
  | { kind: 'connected'; grantId: string; connections: ConnectedOrganisation[] }
);

type Needs = Pick<
  Ports,
  'store' | 'clock' | 'random' | 'ids' | 'keys' | 'log' | 'xero' | 'xeroReader' | 'xeroOAuth' | 'googleOAuth'
>;

/**
 * UserError `CONSENT_STATE_INVALID`, `CONSENT_DENIED`, `CONSENT_WRONG_ORGANISATION`, `SCOPE_MISSING`, `CREDENTIAL_REFUSED`,
 * `FORBIDDEN`; each leaves everything as it was. `details.returnTo` says where the person came from, once that is known.
 */
export async function finishConsent(
  ports: Needs,
  actor: Actor | null,
  { provider: from, state, sessionId, code, error }: ConsentReturn,
): Promise<ConsentOutcome> {
  const { consent, codeVerifier } = await useConsent(ports, actor, { provider: from, state, sessionId });
  const { returnTo, provider } = consent;
  try {
    if (code === undefined || code === '') throw refusalOf(consent, error);
    const oauth = provider === 'xero' ? ports.xeroOAuth : ports.googleOAuth;
    const tokens = await oauth.exchange({ code, codeVerifier });
    return provider === 'xero'
      ? await connectXero(ports, consent, tokens)
      : await grantGoogle(ports, consent, tokens);
  } catch (failure) {
    if (!(failure instanceof UserError)) throw failure;
    throw new UserError(failure.code, { ...failure.details, returnTo }, failure.cause);
  }
}

const refusalOf = ({ provider }: Consent, error: string | undefined): UserError | FatalError => {
  if (error === undefined || error === 'access_denied') return new UserError('CONSENT_DENIED');
  const problem = /^[a-z_]{1,60}$/.test(error) ? error : 'an unknown error';
  return new FatalError(provider === 'xero' ? 'XERO_REFUSED' : 'GOOGLE_REFUSED', { problem });
};

async function connectXero(ports: Needs, consent: Consent, tokens: TokenSet): Promise<ConsentOutcome> {
  const { teamId, returnTo } = consent;
  if (teamId === null || tokens.person === undefined) throw new UserError('CREDENTIAL_REFUSED');
  if (tokens.refreshToken === undefined)
    throw new FatalError('XERO_REFUSED', { problem: 'no refresh token' });
  const connected = await connectOrganisations(ports, consent, { teamId, person: tokens.person }, tokens);
  return { kind: 'connected', returnTo, ...connected };
}

async function grantGoogle(ports: Needs, consent: Consent, tokens: TokenSet): Promise<ConsentOutcome> {
  const { returnTo, expected } = consent;
  const { person } = tokens;
  if (person === undefined) throw new UserError('CREDENTIAL_REFUSED');
  const isAllowed = tokens.scopes.includes(driveFileScope);
  const operationId = consent.usedBy ?? ports.ids.next();
  const store = (teamId: string, userId: string) =>
    isAllowed
      ? storeGrant(ports, { teamId, provider: 'google', person, by: { userId, operationId } }, tokens)
      : undefined;
  if (consent.purpose === 'sign-in') {
    const signedIn = await signIn(ports, person);
    return {
      kind: 'signed-in',
      returnTo,
      ...signedIn,
      googleGrantId: (await store(signedIn.teamId, signedIn.userId)) ?? null,
    };
  }
  if (consent.teamId === null || consent.userId === null) throw new UserError('CONSENT_STATE_INVALID');
  if (expected !== null && expected !== person.subject) {
    const wanted = (await ports.store.get('users', consent.userId))?.data.email ?? 'your account';
    throw new UserError('CONSENT_WRONG_ORGANISATION', { chosen: person.email, wanted });
  }
  const googleGrantId = await store(consent.teamId, consent.userId);
  if (googleGrantId === undefined) {
    throw new UserError('SCOPE_MISSING', { what: 'the spreadsheets you choose', organisation: person.email });
  }
  return { kind: 'google-granted', returnTo, googleGrantId };
}
