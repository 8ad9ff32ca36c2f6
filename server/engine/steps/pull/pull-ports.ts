/** What the pull step needs of the world. */
import type { FieldTree } from '../../../domain/field-tree.ts';
import type { Mirror } from '../../../mirror/mirror.ts';
import type { Ports } from '../../../ports.ts';
import type { StepContext } from '../../step.ts';
import type { Memory } from './flight.ts';
import type { FieldBooks } from './notice-news.ts';
import type { PullInput } from './pull-input.ts';

export interface OpenMirror {
  /** The mirror of a team's organisation, made when there is none; the connection becomes its puller if it has none. */
  openMirror(which: { teamId: string; organisationId: string; pullerConnectionId: string }): Promise<Mirror>;
}

export type PullPorts = Pick<Ports, 'store' | 'clock' | 'log' | 'xeroReader'> &
  OpenMirror & {
    /** Left out: what is new in records is not noticed. */
    fieldTree?: FieldTree;
  };

export interface PullOptions {
  /** How long a pull that begins waits for runs that are started together with it. */
  gatherMs: number;
  /** Lists are read whole again after this long: what modified-since misses (xero-api.md 3.1). */
  sweepEveryMs: number;
}

export const pullDefaults: PullOptions = { gatherMs: 1_000, sweepEveryMs: 7 * 86_400_000 };

/** One act of a pull has all of this at hand. */
export interface Pulling {
  ports: PullPorts;
  options: PullOptions;
  input: PullInput;
  context: StepContext;
  mirror: Mirror;
  memory: Memory;
  books: FieldBooks;
}
