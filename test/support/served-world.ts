/**
 * The product as `assemble` wires it, on embedded adapters in memory, served on a free port, with Xero and Google in this
 * process under the names of the real hosts. People sign in and connect through the same addresses as anybody.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { assemble } from '../../server/assemble.ts';
import { readConfig } from '../../server/config.ts';
import { type Collection, collections } from '../../server/domain/documents.ts';
import { keyFile } from '../../server/embedded/key-file.ts';
import { sqliteQueue } from '../../server/embedded/sqlite-queue.ts';
import { type SqliteStore, sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { systemIds } from '../../server/embedded/system-ids.ts';
import { systemRandom } from '../../server/embedded/system-random.ts';
import { openQueryEngine } from '../../server/mirror/query.ts';
import type { Network, Ports } from '../../server/ports.ts';
import { sandboxClock } from '../../server/sandbox/clock.ts';
import {
  createGoogleSandbox,
  type GoogleSandbox,
} from '../../server/sandbox/google/create-google-sandbox.ts';
import {
  DEFAULT_CLIENT_ID,
  DEFAULT_CLIENT_SECRET,
  SCRIPT_CLIENT_ID,
} from '../../server/sandbox/google/seeded-people.ts';
import { DEFAULT_CLIENT } from '../../server/sandbox/xero/oauth/registration.ts';
import { createXeroSandbox, type XeroSandbox } from '../../server/sandbox/xero/xero-sandbox.ts';
import { type HttpAsker, httpAsker } from './http-asker.ts';
import { memoryBlobs } from './memory-blobs.ts';
import { type MovableClock, movableClock } from './movable-clock.ts';
import { recordingLog } from './recording-log.ts';
import { sandboxNetwork } from './sandbox-network.ts';

export interface ServedWorld {
  /** Where people reach it by its own belief: no request goes there. */
  publicUrl: string;
  ask: HttpAsker['ask'];
  /** What talks to this, talks to the server. */
  origin: string;
  ports: Ports;
  store: SqliteStore;
  clock: MovableClock;
  log: ReturnType<typeof recordingLog>;
  blobs: ReturnType<typeof memoryBlobs>;
  xero: XeroSandbox;
  google: GoogleSandbox;
  /** Everything that was asked of Xero and of Google. */
  asked: ReturnType<typeof sandboxNetwork>['asked'];
  /** Takes runs from now on, until `close`. */
  work(): Promise<void>;
  /** Every document of the store, as text, but the audit: a refusal changes nothing else. */
  documents(): Promise<string>;
  /** The same with the audit. */
  allDocuments(): Promise<string>;
  close(): Promise<void>;
}

export interface ServedWorldOptions {
  /** An empty folder that the caller removes. */
  folder: string;
  publicUrl?: string;
  environment?: Record<string, string>;
  /** What a port of the home is replaced with. */
  store?: (store: SqliteStore) => Ports['store'];
  dashboardFolder?: string;
  mail?: Ports['mail'];
  /** For addresses that people give. */
  outside?: Network;
}

export async function servedWorld(options: ServedWorldOptions): Promise<ServedWorld> {
  const clock = movableClock();
  const random = systemRandom();
  const log = recordingLog();
  const store = sqliteStore(':memory:');
  const queue = sqliteQueue(':memory:', { clock, log });
  const blobs = memoryBlobs();
  const query = openQueryEngine({
    folder: join(options.folder, 'query'),
    memoryLimitMb: 128,
    timeoutMs: 30_000,
    clock,
    log,
  });
  const xero = createXeroSandbox({
    seed: 7,
    size: 'small',
    clock: sandboxClock(clock.now),
    rateLimits: false,
  });
  const google = createGoogleSandbox({ seed: 7, clock: sandboxClock(clock.now), quotas: false });
  const { network, asked } = hostsOf(xero, google);
  const config = readConfig({
    FOLIOKEEP_PUBLIC_URL: options.publicUrl ?? 'http://localhost:8080',
    XERO_CLIENT_ID: DEFAULT_CLIENT.clientId,
    XERO_CLIENT_SECRET: DEFAULT_CLIENT.clientSecret,
    GOOGLE_CLIENT_ID: DEFAULT_CLIENT_ID,
    GOOGLE_CLIENT_SECRET: DEFAULT_CLIENT_SECRET,
    GOOGLE_ADDON_AUDIENCES: SCRIPT_CLIENT_ID,
    // Tests ask faster than people; those of the limits set their own.
    FOLIOKEEP_REQUESTS_PERSON: '1000000',
    FOLIOKEEP_REQUESTS_TEAM: '1000000',
    FOLIOKEEP_REQUESTS_ADDRESS: '1000000',
    FOLIOKEEP_REQUESTS_SIGN_IN: '1000000',
    ...options.environment,
  });
  await google.control.run({ action: 'addRedirectUri', uri: config.google.redirectUri });
  const { app, ports, startWorker } = assemble(
    {
      clock,
      random,
      ids: systemIds(clock, random),
      log,
      network,
      store: options.store?.(store) ?? store,
      queue,
      tasks: queue,
      blobs,
      keys: keyFile(join(options.folder, 'keys.json'), random),
      mail: options.mail ?? { send: async () => undefined },
      query,
      ...(options.outside === undefined ? {} : { outside: options.outside }),
    },
    { config, dashboardFolder: options.dashboardFolder },
  );
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}` as const;
  const asker = httpAsker(origin);
  let worker: { stop(): Promise<void> } | undefined;
  return {
    publicUrl: config.publicUrl,
    origin,
    ask: asker.ask,
    ports,
    store,
    clock,
    log,
    blobs,
    xero,
    google,
    asked,
    async work() {
      worker ??= await startWorker();
    },
    documents: () => textOf(store, (name) => name !== 'audit' && name !== 'auditHeads'),
    allDocuments: () => textOf(store, () => true),
    async close() {
      await asker.close();
      await worker?.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await query.close();
      queue.close();
      store.close();
    },
  };
}

async function textOf(store: SqliteStore, isWanted: (name: Collection) => boolean): Promise<string> {
  const names = (Object.keys(collections) as Collection[]).filter(isWanted);
  const all = await Promise.all(
    names.map(async (name) => [name, await store.query(name, { limit: 10_000 })]),
  );
  return JSON.stringify(all);
}

/** The real hosts' names, answered here; any other is a fault of the test or a leak. */
function hostsOf(
  xero: XeroSandbox,
  google: GoogleSandbox,
): { network: Network; asked: ServedWorld['asked'] } {
  const asked: ServedWorld['asked'] = [];
  const [toXero, toGoogle] = [sandboxNetwork(xero), sandboxNetwork(google)];
  const hosts: Record<string, Network> = {
    'login.xero.com': toXero,
    'identity.xero.com': toXero,
    'api.xero.com': toXero,
    'accounts.google.com': toGoogle,
    'oauth2.googleapis.com': toGoogle,
    'www.googleapis.com': toGoogle,
    'sheets.googleapis.com': toGoogle,
  };
  const network: Network = {
    request(request, wishes) {
      const to = hosts[new URL(request.url).host];
      if (to === undefined) throw new Error(`no host of ours: ${new URL(request.url).host}`);
      asked.push(request);
      return to.request(request, wishes);
    },
  };
  return { network, asked };
}
