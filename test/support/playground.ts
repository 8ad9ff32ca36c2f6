/** `npm start` as a process of its own, for tests that look at it in a browser. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface RunningPlayground {
  /** The page with the spreadsheet. */
  url: string;
  /** Foliokeep alone. */
  serverUrl: string;
  /** One order to the sandbox of Xero; throws what it refused. */
  xero(action: string, input?: object): Promise<unknown>;
  google(action: string, input?: object): Promise<unknown>;
  /** As Ctrl+C does; resolves with the exit code. */
  stop(): Promise<number | null>;
}

const script = fileURLToPath(new URL('../../server/demo/playground.ts', import.meta.url));

export async function startPlayground(): Promise<RunningPlayground> {
  const child = spawn(process.execPath, [script, '--port', '0', '--log', 'silent'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  createInterface({ input: child.stderr }).on('line', (line) => said.push(line));
  const lines = createInterface({ input: child.stdout });
  const ready = (async () => {
    for await (const line of lines) {
      said.push(line);
      if (line.includes('Ctrl+C')) return;
    }
    // Its output ended before it was ready: how it ended says why.
    await new Promise(() => undefined);
  })();
  await Promise.race([
    ready,
    ended.then((code) => {
      throw new Error(`The playground ended with ${code}:\n${said.join('\n')}`);
    }),
  ]);
  const text = said.join('\n');
  const [, url = ''] = /Open (http:\S+)/.exec(text) ?? [];
  const [, serverUrl = ''] = /dashboard: (http:\S+)/.exec(text) ?? [];
  const control =
    (side: 'xero' | 'google') =>
    async (action: string, input: object = {}) => {
      const response = await fetch(`${url}/sandbox/${side}/control`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ action, ...input }),
      });
      if (!response.ok) throw new Error(`${side} ${action}: ${await response.text()}`);
      return response.json();
    };
  return {
    url,
    serverUrl,
    xero: control('xero'),
    google: control('google'),
    async stop() {
      if (child.exitCode === null) child.kill('SIGINT');
      return await ended;
    },
  };
}
