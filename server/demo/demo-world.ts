/** The demo's world: sandbox, server, and a folder, all of which end with it, however it ends. */
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { CompanySize } from '../sandbox/xero/company/generate.ts';
import type { Child } from './child.ts';
import { demoFolder } from './demo-folder.ts';
import { freePort, type Sandbox, startSandbox, startServer } from './world.ts';

export interface DemoWorld {
  sandbox: Sandbox;
  serverUrl: string;
  serverPid: number;
}

export interface DemoWorldOptions {
  size: CompanySize;
  hasVirtualClock: boolean;
  seed: number;
  logLevel: string;
  keeps: boolean;
}

/**
 * Starts both processes, lets `act` work, and ends them; the folder goes too unless it is to be kept. Rejects as soon as one of
 * the two ends by itself, with its last words, or as `stop` is aborted, with its reason.
 */
export async function inDemoWorld<T>(
  options: DemoWorldOptions,
  stop: AbortSignal,
  act: (world: DemoWorld) => Promise<T>,
): Promise<T> {
  const dataFolder = await mkdtemp(join(await demoFolder(), 'run-'));
  const children: Child[] = [];
  const stopped = new Promise<never>((_, reject) => {
    if (stop.aborted) reject(stop.reason);
    stop.addEventListener('abort', () => reject(stop.reason), { once: true });
  });
  const begin = async (): Promise<DemoWorld> => {
    const sandbox = await startSandbox(options);
    children.push(sandbox.process);
    const port = await freePort();
    const { logLevel, hasVirtualClock } = options;
    const server = await startServer(sandbox, { port, dataFolder, logLevel, hasVirtualClock });
    children.push(server);
    return { sandbox, serverUrl: `http://localhost:${port}`, serverPid: server.pid };
  };
  const beginning = begin();
  try {
    const world = await Promise.race([beginning, stopped]);
    const acting = act(world).catch(async (error: unknown) => {
      // A connection that broke because a child died is seen a moment before the death.
      await Promise.race([pause(500), ...children.map(endedByItself)]);
      throw error;
    });
    return await Promise.race([acting, stopped, ...children.map(endedByItself)]);
  } finally {
    // Whatever was still being started is ended too.
    await Promise.allSettled([beginning]);
    for (const child of children.toReversed()) await child.stop();
    if (!options.keeps) await rm(dataFolder, { recursive: true, force: true });
  }
}

async function endedByItself(child: Child): Promise<never> {
  const { code, signal } = await child.ended;
  const words = child.lastWords();
  throw new Error(
    `${child.name} ended by itself (${signal ?? `exit code ${code}`})${words === '' ? '.' : `. Its last lines:\n${words}`}`,
  );
}
