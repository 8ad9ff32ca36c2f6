/** Google in a box: OAuth, Sheets, Drive and the Picker behind one handler, with a control for tests and demos. */
import type { HttpRequest, HttpResponse } from '../../domain/http-message.ts';
import type { SandboxClock } from '../clock.ts';
import type { SandboxResponse } from '../serve.ts';
import { createControl, type GoogleControl } from './control/control.ts';
import { faultResponse, transportOf } from './control/fault-response.ts';
import { controlRoutes } from './control/routes.ts';
import { driveApi, driveUploadApi } from './drive/drive-api.ts';
import { GoogleApiError } from './google-api-error.ts';
import { authorize } from './oauth/authorize.ts';
import { discovery, jwks, pemCerts, tokenInfo, userInfo } from './oauth/discovery.ts';
import { picker } from './oauth/picker.ts';
import { revoke, token } from './oauth/token.ts';
import { type Call, json, readCall } from './respond.ts';
import { DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET, SEEDED_ACCOUNTS, seededClients } from './seeded-people.ts';
import type { SheetsLimits } from './sheets/limits.ts';
import { sheetsApi } from './sheets/sheets-api.ts';
import { createWorld, type World } from './world.ts';

export interface GoogleSandboxOptions {
  /** The same seed and clock give the same ids and tokens. */
  seed: number;
  clock: SandboxClock;
  clientId?: string;
  clientSecret?: string;
  /** Whether Sheets' per-minute quotas hold; true unless said. */
  quotas?: boolean;
  /**
   * `iss` of ID tokens. `https://accounts.google.com` unless said, which is what `OAuth2Client` accepts by itself:
   * give it `endpoints: { oauth2FederatedSignonPemCertsUrl, oauth2FederatedSignonJwkCertsUrl }` of this origin and
   * `verifyIdToken` works as against Google. `openid-client` discovery wants the served origin: control `setIssuer`.
   */
  issuer?: string;
  /** How long every answer over a socket takes at least; 0 unless said. */
  latencyMs?: number;
  /** Lower limits, to meet them with small sheets. */
  limits?: Partial<SheetsLimits>;
}

export interface GoogleSandbox {
  /** One call, in process. A dropped connection rejects with code `ECONNRESET`. */
  handle(request: HttpRequest): Promise<HttpResponse>;
  /** The same for a socket server: transport faults ride on the answer. */
  answer(request: HttpRequest): Promise<SandboxResponse>;
  control: GoogleControl;
}

export const createGoogleSandbox = (options: GoogleSandboxOptions): GoogleSandbox => {
  const { clientId = DEFAULT_CLIENT_ID, clientSecret = DEFAULT_CLIENT_SECRET } = options;
  const world = createWorld({
    seed: options.seed,
    clock: options.clock,
    issuer: options.issuer ?? 'https://accounts.google.com',
    accounts: SEEDED_ACCOUNTS.map((account) => ({ ...account })),
    clients: seededClients(clientId, clientSecret),
    hasQuotas: options.quotas ?? true,
    ...(options.limits && { limits: options.limits }),
  });
  world.faults.setLatency(options.latencyMs ?? 0);
  const control = createControl(world);
  const answer = (request: HttpRequest): Promise<SandboxResponse> =>
    answerCall(world, control, readCall(request));
  return {
    control,
    answer,
    async handle(request) {
      const { transport = [], ...response } = await answer(request);
      if (transport.some(({ kind }) => kind === 'drop')) {
        throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
      }
      return response;
    },
  };
};

const answerCall = async (world: World, control: GoogleControl, call: Call): Promise<SandboxResponse> => {
  const { pathname } = call.url;
  if (pathname.startsWith('/sandbox/')) return controlRoutes(control, call);
  const faults = world.faults.take(call.method, pathname);
  const instead = faultResponse(faults);
  const response = instead ?? (await route(world, call));
  const latencyMs = world.faults.latencyMs();
  const transport = [
    ...(latencyMs > 0 ? [{ kind: 'delay', ms: latencyMs } as const] : []),
    ...transportOf(faults),
  ];
  return transport.length > 0 ? { ...response, transport } : response;
};

const route = async (world: World, call: Call): Promise<HttpResponse> => {
  try {
    return await dispatch(world, call);
  } catch (error) {
    if (!(error instanceof GoogleApiError)) throw error;
    const challenge: Record<string, string> =
      error.status === 'UNAUTHENTICATED'
        ? { 'www-authenticate': 'Bearer realm="https://accounts.google.com/", error="invalid_token"' }
        : {};
    return json(error.httpStatus, error.toBody(), challenge);
  }
};

const dispatch = async (world: World, call: Call): Promise<HttpResponse> => {
  const { pathname } = call.url;
  if (/^\/v4\/spreadsheets(?=$|[/:])/.test(pathname)) return sheetsApi(world, call);
  if (pathname.startsWith('/drive/v3/')) return driveApi(world, call);
  if (pathname.startsWith('/upload/drive/v3/')) return driveUploadApi(world, call);
  switch (pathname) {
    case '/.well-known/openid-configuration':
      return discovery(world, call);
    case '/o/oauth2/v2/auth':
      return authorize(world, call);
    case '/token':
    case '/oauth2/v4/token':
      return token(world, call);
    case '/revoke':
      return revoke(world, call);
    case '/oauth2/v3/certs':
      return jwks(world);
    case '/oauth2/v1/certs':
      return pemCerts(world);
    case '/tokeninfo':
    case '/oauth2/v3/tokeninfo':
      return tokenInfo(world, call);
    case '/v1/userinfo':
    case '/oauth2/v3/userinfo':
      return userInfo(world, call);
    case '/picker':
      return picker(world, call);
    default:
      throw new GoogleApiError('NOT_FOUND', 'The requested URL was not found on this server.');
  }
};
