/** Everything one Xero sandbox holds. */
import type { OAuthWorld } from '../oauth/oauth-world.ts';
import type { CallOrders, EditMade } from './call-orders.ts';
import type { FaultBook } from './fault.ts';
import type { Limiter } from './limits.ts';

export interface Latency {
  /** Before every answer. */
  baseMs: number;
  /** And per record in it. */
  perRowMs: number;
  /** Times the sum of both; 1 where left out. */
  factor?: number;
}

/** Assumed, with factors of 0.5 to 4 around it (performance.md 1.2 and 1.4, 2026-11-20): 100 records 0.7 s, 1,000 records 3.85 s. */
export const XERO_LATENCY = { baseMs: 350, perRowMs: 3.5, factor: 1 } as const;

export interface World extends OAuthWorld {
  limiter: Limiter;
  faults: FaultBook;
  callOrders: CallOrders;
  /** What the orders did so far. */
  editsMade: EditMade[];
  latency: Latency | null;
  /** Rows above which an unbounded list is refused; Xero's is 100,000. */
  highVolumeRows: number;
}
