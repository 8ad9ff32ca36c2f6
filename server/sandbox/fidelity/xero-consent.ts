/** How Xero lets an app in: consent, codes, tokens, connections. */
import type { Rule } from './rule.ts';

export const xeroConsentRules: readonly Rule[] = [
  {
    id: 'xero-consent-redirect',
    says: 'Allow sends the person back with a code and the state unchanged.',
    source: 'xero-api.md 1.1',
    certainty: 'documented',
  },
  {
    id: 'xero-consent-denied',
    says: 'Cancel sends the person back with error=access_denied.',
    source: 'xero-api.md 1.1 (from memory)',
    certainty: 'assumed',
    probe:
      'Begin connecting, press Cancel on the page of Xero, and read the address that the browser comes back to.',
  },
  {
    id: 'xero-consent-one-organisation',
    says: 'acr_values=bulk_connect:false lets the person pick one organisation only.',
    source: 'xero-api.md 1.1 (R26)',
    certainty: 'reported',
    probe:
      'Add acr_values=bulk_connect:false to the address of the consent page and see whether two organisations can be ticked.',
  },
  {
    id: 'xero-redirect-localhost',
    says: 'A redirect is https or http://localhost; http://127.0.0.1 is refused.',
    source: 'xero-api.md 1.1 (R26)',
    certainty: 'reported',
    probe:
      'In the developer portal add http://127.0.0.1:8080/callback to the redirect addresses of the app, and save.',
  },
  {
    id: 'xero-scopes-broad-refused',
    says: 'An app registered after 2 March 2026 gets invalid_scope for the broad scopes.',
    source: 'xero-api.md 1.4 (SCP, R26)',
    certainty: 'documented',
  },
  {
    id: 'xero-code-once',
    says: 'A code works once, within five minutes, for the address and the client that asked for it.',
    source: 'xero-api.md 1.1 (R26); RFC 6749 section 4.1.2',
    certainty: 'reported',
    probe: 'Exchange a code a second time, and another one six minutes after the consent.',
  },
  {
    id: 'xero-client-authentication',
    says: 'The token endpoint takes the secret in a Basic header and in the form, and a verifier where a challenge was given.',
    source: 'xero-api.md 1.1; discovery document of identity.xero.com as remembered',
    certainty: 'assumed',
    probe:
      'Read token_endpoint_auth_methods_supported and code_challenge_methods_supported of the discovery document.',
  },
  {
    id: 'xero-access-30-minutes',
    says: 'An access token is a signed JWT and lasts 1,800 seconds; then 401 says TokenExpired with the moment.',
    source: 'xero-api.md 1.2 and 6.2; xero-node#741',
    certainty: 'documented',
  },
  {
    id: 'xero-access-claims',
    says: 'The access token names the consent in authentication_event_id, and its scopes as a list.',
    source: 'xero-api.md 1.2 (R26); xero-node 20 type XeroAccessToken',
    certainty: 'reported',
    probe: 'Decode the access token and list the names of its claims.',
  },
  {
    id: 'xero-refresh-rotates',
    says: 'Every refresh gives a new refresh token.',
    source: 'xero-api.md 1.2; Xero-NetStandard#257',
    certainty: 'documented',
  },
  {
    id: 'xero-refresh-grace',
    says: 'A used refresh token works again for 30 minutes, as long as its answer may have been lost.',
    source: 'xero-api.md 1.2 (R26 quoting the documentation); xero-node#614',
    certainty: 'reported',
    probe: 'Refresh, and refresh again with the token before.',
  },
  {
    id: 'xero-refresh-grace-ends',
    says: 'Using the new refresh token ends the grace of the one before; invalid_grant then.',
    source: 'xero-api.md 1.2, read strictly',
    certainty: 'assumed',
    probe: 'Refresh, refresh with the new token, and then with the first.',
  },
  {
    id: 'xero-refresh-60-days',
    says: 'A refresh token that is not used for 60 days is dead.',
    source: 'xero-api.md 1.2; xero-node README',
    certainty: 'documented',
  },
  {
    id: 'xero-revocation-ends-all',
    says: 'Revocation answers 200 with nothing and ends all tokens and connections of that user to the app, not of others.',
    source: 'xero-api.md 1.1 (R26, xero-node README)',
    certainty: 'documented',
  },
  {
    id: 'xero-scope-per-endpoint',
    says: 'Each endpoint needs its granular scope, with or without .read.',
    source: 'xero-api.md 1.4 (SCP, R26)',
    certainty: 'documented',
  },
  {
    id: 'xero-scope-missing-401',
    says: 'A missing scope is 401 with Detail AuthorizationUnsuccessful, not 403.',
    source: 'xero-api.md 1.4 and 6.2 (databuzz 742, DIAG)',
    certainty: 'documented',
    probe:
      'Ask for an endpoint whose scope was not granted, and keep the whole answer (xero-api.md 12, first).',
  },
  {
    id: 'xero-scopes-add-up',
    says: 'Scopes of one user and app add up over consents, and refreshing has them all.',
    source: 'xero-api.md 1.2 (SCP, DIAG)',
    certainty: 'documented',
  },
  {
    id: 'xero-connections-shape',
    says: 'GET /connections is a bare list of id, authEventId, tenantId, tenantType, tenantName and two dates without zone.',
    source: 'xero-identity.yaml; xero-api.md 1.3',
    certainty: 'specified',
  },
  {
    id: 'xero-connections-of-consent',
    says: 'authEventId narrows the connections to those of one consent.',
    source: 'xero-identity.yaml; xero-api.md 1.3',
    certainty: 'specified',
  },
  {
    id: 'xero-disconnect-by-connection',
    says: 'DELETE /connections/{id} takes the id of the connection, answers 204, and is 404 the second time.',
    source: 'xero-api.md 1.3 (DIAG, R26)',
    certainty: 'documented',
  },
  {
    id: 'xero-reconnect-keeps-id',
    says: 'A reconnect keeps the id and the date of creation and moves updatedDateUtc.',
    source: 'xero-api.md 1.3',
    certainty: 'documented',
  },
  {
    id: 'xero-disconnected-403',
    says: 'After a disconnect in Xero business calls are 403 AuthenticationUnsuccessful, and the token still refreshes.',
    source: 'xero-api.md 1.3 (DIAG, DOC:responsecodes)',
    certainty: 'documented',
    probe:
      'Disconnect the app under Connected apps in Xero, then run the probe again (xero-api.md 12, first).',
  },
  {
    id: 'xero-organisation-header',
    says: 'A missing or foreign xero-tenant-id is 403.',
    source: 'xero-api.md 1.3; Xero staff, community discussion 119166525',
    certainty: 'documented',
  },
  {
    id: 'xero-token-unknown-401',
    says: 'A token that is none of Xero’s is 401 with Detail AuthenticationUnsuccessful.',
    source: 'xero-api.md 6.2 (LRV)',
    certainty: 'reported',
    probe: 'Ask for the organisation with a made-up bearer token.',
  },
];
