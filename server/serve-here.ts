/**
 * Serves the product from this machine: opens the embedded adapters, listens on 127.0.0.1, stops in good order. What differs from
 * a usual server, as in the demo on a clock that skips waits, is given by the caller.
 */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assemble } from './assemble.ts';
import { readConfig } from './config.ts';
import { consoleMail } from './embedded/console-mail.ts';
import { diskBlobs } from './embedded/disk-blobs.ts';
import { keptMail } from './embedded/kept-mail.ts';
import { keyFile } from './embedded/key-file.ts';
import { publicNetwork } from './embedded/public-network.ts';
import { smtpMail } from './embedded/smtp-mail.ts';
import { sqliteQueue } from './embedded/sqlite-queue.ts';
import { sqliteStore } from './embedded/sqlite-store.ts';
import { systemIds } from './embedded/system-ids.ts';
import { systemRandom } from './embedded/system-random.ts';
import { undiciNetwork } from './embedded/undici-network.ts';
import { FoliokeepError } from './errors.ts';
import { checksEvery, limitServer } from './http/limit-server.ts';
import { pinoLog } from './log.ts';
import { openQueryEngine } from './mirror/query.ts';
import type { Clock } from './ports.ts';
import type { Home } from './wire-ports.ts';

export interface ServeHere {
  environment: Record<string, string | undefined>;
  clock: Clock;
  /** Ports around the embedded ones. */
  around?: (home: Home) => Home;
  /** How often the queue looks for tasks of other processes. */
  pollMs?: number;
}

/** Resolves once it is ready, having said so as one line of JSON on standard output. SIGTERM and SIGINT end the process. */
export async function serveHere({
  environment,
  clock,
  around = (home) => home,
  pollMs,
}: ServeHere): Promise<void> {
  const config = orExplain(() => readConfig(environment));
  const inData = (...parts: string[]): string => join(config.dataFolder, ...parts);

  const random = systemRandom();
  // Standard error: standard output says one thing, that the server is ready.
  const log = pinoLog({ level: config.logLevel, destination: process.stderr });
  const store = sqliteStore(inData('store.sqlite'));
  const queue = sqliteQueue(inData('queue.sqlite'), {
    clock,
    log,
    ...(pollMs === undefined ? {} : { pollMs }),
  });
  const network = undiciNetwork();
  const outside = publicNetwork(config.webhooks);
  const ids = systemIds(clock, random);
  const smtp = config.mail === null ? undefined : smtpMail(config.mail);
  const query = openQueryEngine({
    folder: inData('query'),
    memoryLimitMb: config.queryMemoryMb,
    timeoutMs: 10 * 60_000,
    clock,
    log,
  });
  const dashboard = fileURLToPath(new URL('dashboard/dist', import.meta.url));

  const { app, startWorker } = assemble(
    around({
      clock,
      random,
      ids,
      log,
      network,
      outside,
      store,
      queue,
      tasks: queue,
      blobs: diskBlobs(inData('blobs')),
      keys: orExplain(() => keyFile(inData('keys.json'), random)),
      mail:
        smtp ??
        keptMail(
          consoleMail((text) => void process.stderr.write(text)),
          inData('mail'),
          ids,
        ),
      query,
    }),
    { config, dashboardFolder: existsSync(join(dashboard, 'index.html')) ? dashboard : undefined },
  );

  const server = createServer({ connectionsCheckingInterval: checksEvery(config.callers) }, app);
  limitServer(server, config.callers);
  server.listen(config.port, '127.0.0.1');
  await once(server, 'listening');
  const worker = await startWorker();
  log.info('listening', { address: config.publicUrl, port: config.port });
  process.stdout.write(`${JSON.stringify({ ready: { address: config.publicUrl } })}\n`);

  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      server.close();
      server.closeIdleConnections();
      await worker.stop();
      await query.close();
      await network.close();
      await outside.close();
      smtp?.close();
      queue.close();
      store.close();
      process.exit(0);
    })();
    return stopping;
  };
  process.once('SIGTERM', () => void stop());
  process.once('SIGINT', () => void stop());
}

/** What the operator must put right is said in one line a field, and nothing is started. */
function orExplain<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof FoliokeepError)) throw error;
    process.stderr.write(
      `${error.message}\nREADME.md, "Connect a real Xero and Google", lists every field.\n`,
    );
    process.exit(2);
  }
}
