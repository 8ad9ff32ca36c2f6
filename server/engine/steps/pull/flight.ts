/**
 * The calls of a pull that are under way. They outlive the unit that began them, so that five stay in flight while answers are
 * stored one by one. They are in memory alone: whoever goes on after a crash makes them again, five at most.
 */
import type { XeroAnswer } from '../../../ports.ts';
import { type KnownRecords, knownRecords } from './known-records.ts';
import type { Read } from './read-request.ts';

/** A call that has ended. */
export interface Landing {
  read: Read;
  /** What it was made for, as `keyOf`. */
  key: string;
  /** Our clock before it was made, as `momentBefore`. */
  begunAt: number;
  /** The changes of each resource that were known then. */
  changesBy: Readonly<Record<string, number>>;
  answer?: XeroAnswer;
  error?: unknown;
}

export interface Flight {
  /** Calls under way, and those that have ended and were not taken. */
  readonly size: number;
  has(key: string): boolean;
  /** Never rejects: how the call ended is part of its landing. */
  launch(
    read: Read,
    key: string,
    begun: Pick<Landing, 'begunAt' | 'changesBy'>,
    call: () => Promise<XeroAnswer>,
  ): void;
  /** Takes what has ended; waits for the first of them while there is none. None when nothing is under way. */
  land(): Promise<Landing[]>;
}

export function flight(): Flight {
  const underWay = new Map<string, Promise<void>>();
  let landed: Landing[] = [];
  return {
    get size() {
      return underWay.size + landed.length;
    },
    has: (key) => underWay.has(key) || landed.some((landing) => landing.key === key),
    launch(read, key, begun, call) {
      const ended = async (): Promise<void> => {
        const landing: Landing = { read, key, ...begun };
        try {
          landing.answer = await call();
        } catch (error) {
          landing.error = error;
        }
        landed.push(landing);
        underWay.delete(key);
      };
      underWay.set(key, ended());
    },
    async land() {
      if (landed.length === 0) await Promise.race(underWay.values());
      const taken = landed;
      landed = [];
      return taken;
    },
  };
}

/** What a pull has in memory alone: with the process it is gone, and made again. */
export interface Memory {
  calls: Flight;
  known: KnownRecords;
}

export interface Memories {
  /** Of this run's pull as this reader; nothing of another pull or reader. */
  of(runId: string, pull: string): Memory;
  /** Nobody needs it any more. */
  forget(runId: string): void;
}

/** Runs at once in one process, and more. */
const mostRemembered = 256;

/** Of all runs of this process. */
export function memories(): Memories {
  const all = new Map<string, Memory & { pull: string }>();
  return {
    of(runId, pull) {
      const known = all.get(runId);
      if (known?.pull === pull) {
        all.delete(runId);
        all.set(runId, known);
        return known;
      }
      // Runs that failed, or that another process has taken over, leave theirs behind. One that has no call under way at this
      // moment may be just about to make some, so only what is long unused goes: more than ever work at once.
      for (const [other, { calls }] of all) {
        if (all.size < mostRemembered) break;
        if (calls.size === 0) all.delete(other);
      }
      const memory = { pull, calls: flight(), known: knownRecords() };
      all.set(runId, memory);
      return memory;
    },
    forget: (runId) => void all.delete(runId),
  };
}
