/** OAuthProvider over the Network by openid-client: authorization code with PKCE and secret, refresh, revoke. */
import { decodeJwt } from 'jose';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretBasic,
  Configuration,
  calculatePKCECodeChallenge,
  clockTolerance,
  customFetch,
  enableNonRepudiationChecks,
  refreshTokenGrant,
  type TokenEndpointResponse,
  tokenRevocation,
} from 'openid-client';
import { refreshTimeoutMs } from '../domain/grant.ts';
import type { OpenIdDialect } from '../domain/openid-dialect.ts';
import { UserError } from '../errors.ts';
import type { OAuthProvider, Ports, TokenSet } from '../ports.ts';
import { networkFetch } from './network-fetch.ts';
import { type OpenIdAct, openIdFailure } from './openid-failure.ts';

const maxBytes = 1_000_000;

/**
 * The nonce of the ID token is the code challenge, so that state, verifier and nonce all bind one consent to one browser.
 * The ID token of an exchange is checked by signature, issuer, audience, nonce and, by our clock, its end.
 */
export function openIdProvider(
  ports: Pick<Ports, 'network' | 'clock'>,
  dialect: OpenIdDialect,
): OAuthProvider {
  const exchanging = configurationOf(ports, dialect);
  enableNonRepudiationChecks(exchanging);
  // A refresh is not a sign-in: a fetch of keys that fails after the rotation would lose the tokens.
  const refreshing = configurationOf(ports, dialect);

  const tokenSetOf = (
    answer: TokenEndpointResponse,
    askedAt: number,
    person: TokenSet['person'],
  ): TokenSet => {
    const claims = accessClaims(answer.access_token);
    const event = dialect.consentEventClaim && claims[dialect.consentEventClaim];
    const lifeSeconds = Number(answer['refresh_token_expires_in']);
    return {
      ...(lifeSeconds > 0 ? { refreshEndsAt: askedAt + lifeSeconds * 1000 } : {}),
      accessToken: answer.access_token,
      refreshToken: answer.refresh_token,
      expiresAt: askedAt + (answer.expires_in ?? 300) * 1000,
      scopes: scopesOf(answer.scope ?? claims['scope']),
      person,
      consentEventId: typeof event === 'string' ? event : undefined,
    };
  };

  const attempt = async <T>(act: OpenIdAct, acting: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await acting();
    } catch (error) {
      const failure = openIdFailure(error, act, dialect);
      if (failure === undefined) return undefined;
      throw failure;
    }
  };

  return {
    async authorizeUrl({ state, scopes, codeChallenge, loginHint, prompt }) {
      const url = buildAuthorizationUrl(exchanging, {
        redirect_uri: dialect.redirectUri,
        scope: scopes.join(' '),
        state,
        nonce: codeChallenge,
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
        ...dialect.authorizeParameters,
        ...(loginHint === undefined ? {} : { login_hint: loginHint }),
        ...(prompt === undefined ? {} : { prompt }),
      });
      return url.href;
    },

    async exchange({ code, codeVerifier }) {
      const askedAt = ports.clock.now();
      const callback = new URL(dialect.redirectUri);
      callback.searchParams.set('code', code);
      const expectedNonce = await calculatePKCECodeChallenge(codeVerifier);
      const answer = await attempt('exchange', () =>
        authorizationCodeGrant(exchanging, callback, { pkceCodeVerifier: codeVerifier, expectedNonce }),
      );
      const claims = answer?.claims();
      if (answer === undefined || claims === undefined) throw new UserError('CREDENTIAL_REFUSED');
      if (claims.exp * 1000 + 60_000 < ports.clock.now()) throw new UserError('CREDENTIAL_REFUSED');
      return tokenSetOf(answer, askedAt, personOf(claims, dialect.subjectClaim));
    },

    async refresh(refreshToken) {
      const askedAt = ports.clock.now();
      const answer = await attempt('refresh', () => refreshTokenGrant(refreshing, refreshToken));
      if (answer === undefined) throw new TypeError('a refresh answers or fails');
      return tokenSetOf(answer, askedAt, undefined);
    },

    async revoke(refreshToken) {
      await attempt('revoke', () => tokenRevocation(refreshing, refreshToken));
    },
  };
}

function configurationOf(ports: Pick<Ports, 'network'>, dialect: OpenIdDialect): Configuration {
  const configuration = new Configuration(
    {
      issuer: dialect.issuer,
      authorization_endpoint: dialect.authorizeUrl,
      token_endpoint: dialect.tokenUrl,
      revocation_endpoint: dialect.revokeUrl,
      jwks_uri: dialect.certsUrl,
      id_token_signing_alg_values_supported: ['RS256'],
    },
    dialect.clientId,
    // Its own clock is the machine's; the end of an ID token is judged by the Clock port instead.
    { [clockTolerance]: 100 * 365 * 86_400 },
    ClientSecretBasic(dialect.clientSecret),
  );
  configuration[customFetch] = networkFetch(ports.network, { timeoutMs: refreshTimeoutMs, maxBytes });
  configuration.timeout = (refreshTimeoutMs + 5_000) / 1000;
  const isPlain = [dialect.tokenUrl, dialect.certsUrl].some((url) => url.startsWith('http:'));
  if (isPlain) allowInsecureRequests(configuration);
  return configuration;
}

/** Not checked: it came straight from the token endpoint, and only that endpoint's own words are read from it. */
function accessClaims(accessToken: string): Record<string, unknown> {
  try {
    return decodeJwt(accessToken);
  } catch {
    // Google's are not JWTs.
    return {};
  }
}

const scopesOf = (scope: unknown): string[] => {
  const words = Array.isArray(scope) ? scope : String(scope ?? '').split(' ');
  return words.filter((word): word is string => typeof word === 'string' && word !== '');
};

function personOf(claims: Record<string, unknown>, subjectClaim: string): NonNullable<TokenSet['person']> {
  const text = (name: string): string => {
    const value = claims[name];
    return typeof value === 'string' ? value : '';
  };
  const subject = text(subjectClaim);
  if (subject === '') throw new UserError('CREDENTIAL_REFUSED');
  // An address that the provider has not verified is nobody's: invitations are accepted by address. Xero says nothing of it.
  const isUnverified = [false, 'false'].includes(claims['email_verified'] as boolean | string);
  const email = isUnverified ? '' : text('email') || text('preferred_username');
  return {
    subject,
    email,
    name: text('name') || `${text('given_name')} ${text('family_name')}`.trim() || email,
  };
}
