/** Faults on request: each hits the next matching calls, then is used up. */
import * as z from 'zod';
import { DIALECT_NAMES } from './dialects.ts';

const common = {
  /** How many calls it hits. */
  times: z.number().int().min(1).default(1),
  /** Only calls whose path contains this text, e.g. `:batchUpdate`, `/token`, `/drive/`. */
  path: z.string().optional(),
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE', 'PATCH']).optional(),
  /** Lets this many matching calls through first. */
  after: z.number().int().min(0).default(0),
};

export const faultSchema = z.discriminatedUnion('kind', [
  /** Answers with an error instead of doing the call; `body` replaces Google's own. */
  z.strictObject({
    kind: z.literal('status'),
    status: z.number().int().min(400).max(599),
    body: z.unknown().optional(),
    retryAfterSeconds: z.number().int().optional(),
    ...common,
  }),
  /** The call is carried out, then the connection drops: the caller cannot know. */
  z.strictObject({ kind: z.literal('apply-then-timeout'), delayMs: z.number().min(0).default(0), ...common }),
  /** The connection drops before anything is done. */
  z.strictObject({ kind: z.literal('drop-before'), ...common }),
  z.strictObject({ kind: z.literal('delay'), ms: z.number().min(0), ...common }),
  /** Answers with one of Google's refusals, word for word (dialects.ts). */
  z.strictObject({ kind: z.literal('dialect'), dialect: z.enum(DIALECT_NAMES), ...common }),
]);

export type Fault = z.infer<typeof faultSchema>;
/** As a person or a test writes it. */
export type FaultInput = z.input<typeof faultSchema>;

export interface FaultList {
  add(fault: Fault): void;
  clear(): void;
  /** The faults that hit this call, used up by it. */
  take(method: string, path: string): Fault[];
  waiting(): Fault[];
  /** Delays every answer from now on; 0 for none. */
  setLatency(ms: number): void;
  latencyMs(): number;
}

export const createFaultList = (): FaultList => {
  let faults: Fault[] = [];
  let latency = 0;
  return {
    add(fault) {
      faults.push({ ...fault });
    },
    clear() {
      faults = [];
    },
    take(method, path) {
      const hits: Fault[] = [];
      for (const fault of faults) {
        if (fault.method !== undefined && fault.method !== method) continue;
        if (fault.path !== undefined && !path.includes(fault.path)) continue;
        if (fault.after > 0) {
          fault.after -= 1;
          continue;
        }
        fault.times -= 1;
        hits.push({ ...fault });
      }
      faults = faults.filter(({ times }) => times > 0);
      return hits;
    },
    waiting: () => faults.map((fault) => ({ ...fault })),
    setLatency(ms) {
      latency = ms;
    },
    latencyMs: () => latency,
  };
};
