/** Sandbox and server as two processes of this machine, wired together by environment alone, as a self-hoster would. */
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { CompanySize } from '../sandbox/xero/company/generate.ts';
import { type Child, startChild } from './child.ts';

const readySchema = z.object({
  xero: z.object({ origin: z.url(), clientId: z.string(), clientSecret: z.string() }),
  google: z.object({
    origin: z.url(),
    clientId: z.string(),
    clientSecret: z.string(),
    scriptClientId: z.string(),
  }),
});
export type SandboxReady = z.infer<typeof readySchema>;

export interface Sandbox extends SandboxReady {
  process: Child;
}

const script = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export interface SandboxOptions {
  size: CompanySize;
  seed: number;
  /** Switches the limits of Xero and the quotas of Google off. */
  hasNoLimits?: boolean;
  xeroPort?: number;
  googlePort?: number;
}

export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const process = await startChild(
    'sandbox',
    script('../sandbox/main.ts'),
    [
      `--size=${options.size}`,
      `--seed=${options.seed}`,
      `--xero-port=${options.xeroPort ?? 0}`,
      `--google-port=${options.googlePort ?? 0}`,
      ...(options.hasNoLimits === true ? ['--no-limits'] : []),
    ],
    {},
  );
  return { process, ...readySchema.parse(process.ready) };
}

export interface ServerOptions {
  port: number;
  dataFolder: string;
  /** Where its log goes; silent unless given. */
  logLevel?: string;
  frameAncestors?: string;
  /** Waits are skipped, on the sandbox's clock too. */
  hasVirtualClock?: boolean;
  /** More environment, e.g. shorter leases in a kill test. */
  env?: Record<string, string>;
}

/** The environment that points a server at a sandbox: the same fields that point it at the real Xero and Google. */
export function serverEnvironment(sandbox: SandboxReady, options: ServerOptions): Record<string, string> {
  const { xero, google } = sandbox;
  return {
    PORT: String(options.port),
    FOLIOKEEP_PUBLIC_URL: `http://localhost:${options.port}`,
    FOLIOKEEP_DATA: options.dataFolder,
    FOLIOKEEP_LOG: options.logLevel ?? 'silent',
    FOLIOKEEP_FRAME_ANCESTORS: options.frameAncestors ?? '',
    METADATA_SERVER_DETECTION: 'none',
    // One address, one person, and scripts that look many times a second.
    FOLIOKEEP_REQUESTS_PERSON: '100000',
    FOLIOKEEP_REQUESTS_TEAM: '100000',
    FOLIOKEEP_REQUESTS_ADDRESS: '100000',
    FOLIOKEEP_REQUESTS_SIGN_IN: '10000',
    XERO_CLIENT_ID: xero.clientId,
    XERO_CLIENT_SECRET: xero.clientSecret,
    XERO_LOGIN_URL: xero.origin,
    XERO_IDENTITY_URL: xero.origin,
    XERO_API_URL: xero.origin,
    GOOGLE_CLIENT_ID: google.clientId,
    GOOGLE_CLIENT_SECRET: google.clientSecret,
    GOOGLE_ADDON_AUDIENCES: google.scriptClientId,
    GOOGLE_AUTH_URL: `${google.origin}/o/oauth2/v2/auth`,
    GOOGLE_TOKEN_URL: `${google.origin}/token`,
    GOOGLE_REVOKE_URL: `${google.origin}/revoke`,
    GOOGLE_CERTS_URL: `${google.origin}/oauth2/v3/certs`,
    GOOGLE_SHEETS_URL: google.origin,
    GOOGLE_DRIVE_URL: google.origin,
    ...options.env,
  };
}

export async function startServer(sandbox: SandboxReady, options: ServerOptions): Promise<Child> {
  const environment = serverEnvironment(sandbox, options);
  if (options.hasVirtualClock !== true) return startChild('server', script('../main.ts'), [], environment);
  return startChild('server', script('./skipping-server.ts'), [], {
    ...environment,
    // Days are skipped while nobody asks: the person has not left.
    FOLIOKEEP_SESSION_IDLE_MINUTES: '100000',
    FOLIOKEEP_SESSION_DAYS: '90',
    FOLIOKEEP_SANDBOX: sandbox.xero.origin,
  });
}

/** A port that is free now. The server needs to know its own address before it listens, so it cannot take port 0. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('No free port');
  return address.port;
}
