/** `/identity/connect/authorize`: GET shows the consent page, POST of its form sends the person back with a code (xero-api.md 1.1). */
import type { Answer } from '../accounting/refusal.ts';
import { type ConsentView, consentErrorPage, consentPage } from './consent-page.ts';
import type { OAuthWorld } from './oauth-world.ts';
import { isRegisteredRedirect, type XeroClient } from './registration.ts';
import { firstInvalidScope, scopesOf } from './scopes.ts';

interface Wish {
  client: XeroClient;
  redirectUri: string;
  scopes: string[];
  state: string | null;
  nonce: string | null;
  challenge: { value: string; method: string } | null;
  canPickSeveral: boolean;
}

/**
 * The query carries the wish in both methods; the form adds `decision` (allow or cancel), `user` and one `organisation` per pick.
 * A wish without a trustworthy way back ends on an error page; all else goes back as `error=...` with the state.
 */
export function authorizeAnswer(world: OAuthWorld, url: URL, form: URLSearchParams | null): Answer {
  const query = url.searchParams;
  const client = world.clients.find(({ clientId }) => clientId === query.get('client_id'));
  if (!client) return errorPage('unauthorized_client', 'Unknown client or client not enabled');
  const redirectUri = query.get('redirect_uri');
  if (!isRegisteredRedirect(client, redirectUri))
    return errorPage('unauthorized_client', 'Invalid redirect_uri');
  const state = query.get('state');
  const back = (values: Record<string, string | null>) => redirectTo(redirectUri, { ...values, state });
  if (query.get('response_type') !== 'code') return back({ error: 'unsupported_response_type' });
  const scopes = scopesOf(query.get('scope'));
  if (scopes.length === 0 || firstInvalidScope(scopes) !== null) return back({ error: 'invalid_scope' });
  const challenge = query.get('code_challenge');
  const method = query.get('code_challenge_method') ?? 'plain';
  if (challenge !== null && method !== 'S256' && method !== 'plain')
    return back({ error: 'invalid_request' });

  const wish: Wish = {
    client,
    redirectUri,
    scopes,
    state,
    nonce: query.get('nonce'),
    challenge: challenge === null ? null : { value: challenge, method },
    canPickSeveral: !(query.get('acr_values') ?? '').split(/\s+/).includes('bulk_connect:false'),
  };
  const view: ConsentView = {
    client,
    users: world.users,
    userId: form?.get('user') ?? world.users[0]?.id ?? '',
    companies: world.companies,
    scopes,
    canPickSeveral: wish.canPickSeveral,
    action: `${url.pathname}${url.search}`,
  };
  if (!form) return pageAnswer(200, consentPage(view));
  if (form.get('decision') !== 'allow') return back({ error: 'access_denied' });
  return allow(world, wish, view, form.getAll('organisation'), back);
}

function allow(
  world: OAuthWorld,
  wish: Wish,
  view: ConsentView,
  picked: string[],
  back: (values: Record<string, string | null>) => Answer,
): Answer {
  const tenantIds = picked.filter((tenantId) =>
    world.companies.some((company) => company.tenantId === tenantId),
  );
  const user = world.users.find(({ id }) => id === view.userId);
  const problem = !user
    ? 'Nobody is signed in under that name.'
    : tenantIds.length === 0
      ? 'Pick at least one organisation.'
      : tenantIds.length > 1 && !wish.canPickSeveral
        ? 'Pick one organisation only.'
        : null;
  if (problem !== null || !user) return pageAnswer(400, consentPage({ ...view, problem: problem ?? '' }));
  const { grant, authEventId } = world.grants.consent({
    userId: user.id,
    clientId: wish.client.clientId,
    scopes: wish.scopes,
    tenantIds,
  });
  const { redirectUri, scopes, nonce, challenge } = wish;
  const code = world.grants.putCode({ grant, redirectUri, authEventId, scopes, nonce, challenge });
  return back({ code, scope: scopes.join(' ') });
}

function redirectTo(redirectUri: string, values: Record<string, string | null>): Answer {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(values)) if (value !== null) url.searchParams.set(name, value);
  return { status: 302, contentType: 'text/html', body: '', headers: { location: url.href } };
}

const pageAnswer = (status: number, body: string): Answer => ({
  status,
  contentType: 'text/html; charset=utf-8',
  body,
  headers: { 'cache-control': 'no-store' },
});

const errorPage = (code: string, detail: string): Answer => pageAnswer(400, consentErrorPage(code, detail));
