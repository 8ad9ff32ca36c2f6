/** Sends one request after the other, slowly, keeps what may be kept of the answers, and stops for good at a limit or the budget. */
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
  calls(): number;
  /** What was seen since the last time, for the probe that has just run. */
  takeSeen(): Seen[];
}

const TIMEOUT_MS = 60_000;

export function slowCaller({ pauseMs, budget }: CallerOptions): Caller {
  let calls = 0;
  let kept: Seen[] = [];
  return {
    async send(asked, url, request) {
      if (calls >= budget)
        throw new ProbeError(`The probe stopped: it has made the ${budget} calls it was allowed.`);
      if (calls > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      calls += 1;
      const response = await fetch(url, {
        redirect: 'manual',
        ...request,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const answer = answerOf(response.status, Object.fromEntries(response.headers), await response.text());
      kept.push(seen(asked, answer));
      if (answer.status === 429) {
        throw new ProbeError(
          `The probe stopped: ${asked} met a limit. Nothing is asked again; try tomorrow.`,
        );
      }
      return answer;
    },
    calls: () => calls,
    takeSeen() {
      const taken = kept;
      kept = [];
      return taken;
    },
  };
}

export function answerOf(status: number, headers: Record<string, string>, text: string): Answer {
  let json: Record<string, unknown> = {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) json = value as Record<string, unknown>;
  } catch {
    // Plain text and HTML are answers too: a probe looks at `text`.
  }
  return { status, headers, text, json };
}
