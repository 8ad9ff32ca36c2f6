/** Runs `npm run probe` as a process against two served sandboxes, and plays the person at its terminal and in the browser. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../server/sandbox/probe/main.ts', import.meta.url));

export interface Played {
  exitCode: number;
  /** Everything said at the terminal. */
  said: string;
}

export interface Acts {
  /** What the person types after a question that contains the text, in this order of looking. */
  answers: readonly (readonly [question: string, answer: () => string])[];
  /** What the person does at an address that they are told to open; answers where the browser goes then. */
  open(address: URL): Promise<URL>;
}

export async function playProbe(
  environment: Record<string, string>,
  args: readonly string[],
  { answers, open }: Acts,
): Promise<Played> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    // The environment of the test is not the person's.
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  child.stderr.on('data', (data: Buffer) => said.push(data.toString()));
  const faults: unknown[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    said.push(line);
    if (/^https?:\/\/\S+$/.test(line)) {
      open(new URL(line))
        .then((back) => fetch(back))
        .catch((error: unknown) => {
          faults.push(error);
          child.kill();
        });
      return;
    }
    const found = answers.find(([question]) => line.includes(question));
    if (found) child.stdin.write(`${found[1]()}\n`);
  });
  const [exitCode] = await once(child, 'close');
  if (faults.length > 0) throw faults[0];
  return { exitCode: Number(exitCode), said: said.join('\n') };
}

/** The consent page of the Xero sandbox: the first user, one organisation. */
export const consentToXero =
  (user: string, organisation: string) =>
  async (address: URL, decision = 'allow'): Promise<URL> => {
    const body = new URLSearchParams({ decision, user, organisation });
    return redirectOf(await fetch(address, { method: 'POST', body, redirect: 'manual' }));
  };

/** The consent page of the Google sandbox, with its hidden fields. */
export async function consentToGoogle(address: URL, account: string, granted: string): Promise<URL> {
  const page = await (await fetch(address)).text();
  const form = new URLSearchParams({ decision: 'allow', account, granted });
  for (const [, name = '', value = ''] of page.matchAll(
    /<input type="hidden" name="([^"]*)" value="([^"]*)">/g,
  )) {
    form.append(
      name,
      value.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))),
    );
  }
  const action = new URL('/o/oauth2/v2/auth', address);
  return redirectOf(await fetch(action, { method: 'POST', body: form, redirect: 'manual' }));
}

const redirectOf = (response: Response): URL => new URL(response.headers.get('location') ?? '');
