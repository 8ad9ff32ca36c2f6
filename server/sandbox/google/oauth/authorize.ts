/** `/o/oauth2/v2/auth`: the consent page, and what its Allow and Cancel send back to the app. */
import type { HttpResponse } from '../../../domain/http-message.ts';
import { errorPage } from '../page.ts';
import { bodyForm, type Call, html, redirect } from '../respond.ts';
import type { OAuthClient, World } from '../world.ts';
import { consentPage } from './consent-page.ts';
import { readScopes, type Scope } from './scopes.ts';

/** A request for consent that may be shown. */
export interface ConsentRequest {
  client: OAuthClient;
  redirectUri: string;
  scopes: Scope[];
  params: URLSearchParams;
}

const isThisMachine = (address: string): boolean => {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
};

/** Reads the request, or says why Google would stop here (an error page) or send the browser back (a redirect). */
const readRequest = (world: World, params: URLSearchParams): ConsentRequest | HttpResponse => {
  const blocked = (code: string, detail: string): HttpResponse =>
    html(400, errorPage("Access blocked: this app's request is invalid", `Error ${code}`, detail));
  const client = world.clients.find(({ clientId }) => clientId === params.get('client_id'));
  if (!client)
    return html(
      401,
      errorPage(
        'Access blocked: authorisation error',
        'Error 401: invalid_client',
        'The OAuth client was not found.',
      ),
    );
  if (client.isDeleted) {
    return html(
      401,
      errorPage(
        'Access blocked: authorisation error',
        'Error 401: deleted_client',
        'The OAuth client was deleted.',
      ),
    );
  }
  if (client.isBlockedByAdmin) {
    return blocked(
      '400: admin_policy_enforced',
      `Access to ${client.appName} is restricted by your administrator.`,
    );
  }
  const redirectUri = params.get('redirect_uri') ?? '';
  if (!isThisMachine(redirectUri) && !client.redirectUris.includes(redirectUri)) {
    return blocked(
      '400: redirect_uri_mismatch',
      `The redirect URI in the request, ${redirectUri}, is not registered for this client.`,
    );
  }
  if (params.get('response_type') !== 'code') {
    return blocked('400: invalid_request', 'Required parameter is missing or invalid: response_type');
  }
  const method = params.get('code_challenge_method');
  if (method !== null && !['S256', 'plain'].includes(method)) {
    return blocked('400: invalid_request', `Invalid code_challenge_method: ${method}`);
  }
  const scopes = readScopes(params.get('scope') ?? '');
  if (!scopes)
    return blocked('400: invalid_scope', `Some requested scopes were invalid: ${params.get('scope') ?? ''}`);
  if (params.get('prompt') === 'none')
    return sendBack(redirectUri, params, { error: 'interaction_required' });
  return { client, redirectUri, scopes, params };
};

const sendBack = (
  redirectUri: string,
  params: URLSearchParams,
  answer: Record<string, string>,
): HttpResponse => {
  const target = new URL(redirectUri);
  const state = params.get('state');
  if (state !== null) target.searchParams.set('state', state);
  for (const [name, value] of Object.entries(answer)) target.searchParams.set(name, value);
  return redirect(target.href);
};

/** GET shows the page; POST of its form decides (`decision`, `account`, `granted`). */
export const authorize = (world: World, call: Call): HttpResponse => {
  const form = bodyForm(call);
  const params = call.method === 'POST' && form.has('client_id') ? form : call.url.searchParams;
  const request = readRequest(world, params);
  if ('status' in request) return request;
  if (call.method === 'POST' && form.has('decision')) return decide(world, request, form);
  return html(200, consentPage(world, request));
};

const decide = (world: World, request: ConsentRequest, form: URLSearchParams): HttpResponse => {
  const { client, redirectUri, params, scopes } = request;
  if (form.get('decision') !== 'allow') return sendBack(redirectUri, params, { error: 'access_denied' });
  const account = world.accounts.find(({ email }) => email === form.get('account'));
  if (!account)
    return html(
      400,
      errorPage('Choose an account', 'Error 400: invalid_request', 'No such account in this sandbox.'),
    );
  const ticked = form.getAll('granted');
  // Granular consent: what is not ticked is not granted; identity comes with signing in.
  const granted = scopes.filter(({ value, isIdentity }) => isIdentity || ticked.includes(value));
  if (granted.length === 0) return sendBack(redirectUri, params, { error: 'access_denied' });
  const challenge = params.get('code_challenge');
  const nonce = params.get('nonce');
  const isOffline = params.get('access_type') === 'offline';
  const isFirst = !world.tokens.hasConsent(client.clientId, account.sub);
  // Incremental: what was given before comes along when the app asks for it.
  const before =
    params.get('include_granted_scopes') === 'true'
      ? world.tokens.consentedScopes(client.clientId, account.sub)
      : [];
  const values = [...new Set([...granted.map(({ value }) => value), ...before])];
  const code = world.tokens.addCode({
    clientId: client.clientId,
    sub: account.sub,
    scopes: values,
    redirectUri,
    ...(nonce !== null && { nonce }),
    ...(challenge !== null && {
      challenge: {
        value: challenge,
        method: params.get('code_challenge_method') === 'S256' ? 'S256' : 'plain',
      },
    }),
    isOffline,
    givesRefreshToken: isOffline && (isFirst || (params.get('prompt') ?? '').includes('consent')),
  });
  const scope = values.join(' ');
  return sendBack(redirectUri, params, {
    iss: world.issuer,
    code,
    scope,
    authuser: '0',
    prompt: params.get('prompt') ?? 'none',
  });
};
