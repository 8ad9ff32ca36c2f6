/** Sends one request after the other, slowly, keeps what may be kept of the answers, and stops for good at a limit or the budget. */
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { request as requestSecurely } from 'node:https';
import { text } from 'node:stream/consumers';
import { type Answer, ProbeError } from './probe.ts';
import { type Seen, seen } from './shape.ts';

export interface CallerOptions {
  /** Between two calls, so that the minute of the account is never used up. */
  pauseMs: number;
  /** Calls at most; one more is a ProbeError. */
  budget: number;
}

export interface Caller {
  /** `asked` stands in the report in place of the address, which may hold ids. */
  send(asked: string, url: string, request: RequestInit): Promise<Answer>;
  /** A GET that carries a body, which fetch does not send. */
  sendWithBody(asked: string, url: string, headers: Record<string, string>, body: string): Promise<Answer>;
  calls(): number;
  /** What was seen since the last time, for the probe that has just run. */
  takeSeen(): Seen[];
}

const TIMEOUT_MS = 60_000;

export function slowCaller({ pauseMs, budget }: CallerOptions): Caller {
  let calls = 0;
  let kept: Seen[] = [];
  const counted = async (asked: string, exchange: () => Promise<Omit<Answer, 'tookMs'>>): Promise<Answer> => {
    if (calls >= budget)
      throw new ProbeError(`The probe stopped: it has made the ${budget} calls it was allowed.`);
    if (calls > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    calls += 1;
    const began = performance.now();
    const answer = { ...(await exchange()), tookMs: performance.now() - began };
    kept.push(seen(asked, answer));
    if (answer.status === 429) {
      throw new ProbeError(`The probe stopped: ${asked} met a limit. Nothing is asked again; try tomorrow.`);
    }
    return answer;
  };
  return {
    send: (asked, url, request) =>
      counted(asked, async () => {
        const signal = AbortSignal.timeout(TIMEOUT_MS);
        const response = await fetch(url, { redirect: 'manual', ...request, signal });
        return answerOf(response.status, Object.fromEntries(response.headers), await response.text());
      }),
    sendWithBody: (asked, url, headers, body) => counted(asked, () => getWithBody(url, headers, body)),
    calls: () => calls,
    takeSeen() {
      const taken = kept;
      kept = [];
      return taken;
    },
  };
}

export function answerOf(
  status: number,
  headers: Record<string, string>,
  body: string,
): Omit<Answer, 'tookMs'> {
  let json: Record<string, unknown> = {};
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null) json = value as Record<string, unknown>;
  } catch {
    // Plain text and HTML are answers too: a probe looks at `text`.
  }
  return { status, headers, text: body, json };
}

async function getWithBody(
  url: string,
  headers: Record<string, string>,
  body: string,
): Promise<Omit<Answer, 'tookMs'>> {
  const send = url.startsWith('https:') ? requestSecurely : request;
  const asked = send(url, {
    method: 'GET',
    headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  asked.end(body);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const flat = Object.entries(response.headers).map(([name, value]) => [name, String(value ?? '')]);
  return answerOf(response.statusCode ?? 0, Object.fromEntries(flat), await text(response));
}
