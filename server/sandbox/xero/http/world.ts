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
}

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
