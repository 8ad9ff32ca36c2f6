/** Asks the sandboxes for what no real Xero or Google would do: change the books, make and read a spreadsheet. */
import type { SandboxReady } from './world.ts';

async function ask(url: string, body?: object): Promise<unknown> {
  const response = await fetch(url, {
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 300)}`);
  return JSON.parse(text);
}

/** `action` with its input at once, e.g. `{action: 'change', fraction: 0.01}`. */
export const controlXero = (sandbox: SandboxReady, input: object): Promise<unknown> =>
  ask(`${sandbox.xero.origin}/sandbox/control`, input);
export const controlGoogle = (sandbox: SandboxReady, input: object): Promise<unknown> =>
  ask(`${sandbox.google.origin}/sandbox/control`, input);
export const xeroState = (sandbox: SandboxReady): Promise<unknown> =>
  ask(`${sandbox.xero.origin}/sandbox/state`);
