/** What happens every minute: lost tasks get a new one, overdue runs end, expired sessions and consents go. */
import { activeStatuses } from '../domain/run.ts';
import type { Ports, Query, Stored } from '../ports.ts';
import { describeError } from './describe-error.ts';
import { type EngineOptions, engineDefaults } from './options.ts';
import { sweepExpired } from './sweep-expired.ts';
import { takeUpAgain } from './take-up-again.ts';

export interface TickReport {
  /** Runs whose task was lost, or whose worker died: each got a new task. */
  reissued: number;
  /** Runs that ended here: overdue, poisoned, or cancelled while no worker had them. */
  ended: number;
  /** Sessions and consents. */
  swept: number;
}

type TickPorts = Pick<Ports, 'store' | 'queue' | 'clock' | 'log'>;

/** Of each kind in one tick; the rest has its turn a minute later. */
const most = 100;

/**
 * Safe at any time, twice, and from two servers at once. What fails for one run is logged and does not keep the others;
 * at the end it fails the tick.
 */
export async function tick(ports: TickPorts, options: EngineOptions = engineDefaults): Promise<TickReport> {
  const report: TickReport = { reissued: 0, ended: 0, swept: 0 };
  const errors: unknown[] = [];
  const fail = (runId: string | undefined, error: unknown): void => {
    ports.log.error('A run could not be taken up again', { runId, error: describeError(error) });
    errors.push(error);
  };
  const takeUp = async (found: ReadonlyArray<Stored<'runs'>>): Promise<void> => {
    try {
      const { reissued, ended, failed } = await takeUpAgain(ports, found, options);
      report.reissued += reissued;
      report.ended += ended;
      for (const { id, error } of failed) fail(id, error);
    } catch (error) {
      // One of them stands in the way of all: without the others it is found, and they go on.
      if (found.length > 1) for (const one of found) await takeUp([one]);
      else fail(found[0]?.id, error);
    }
  };
  for (const query of suspects(ports.clock.now(), options)) {
    const found = await ports.store.query('runs', query);
    if (found.length > 0) await takeUp(found);
  }
  report.swept = await sweepExpired(ports, most);
  if (errors.length > 0)
    throw new AggregateError(errors, `${errors.length} runs could not be taken up again`);
  return report;
}

/** Runs that stand still for a reason a tick may mend; an ended run has no due time and no lease. */
function suspects(now: number, { lostAfterMs, leaseMs }: EngineOptions): Array<Query<'runs'>> {
  return [
    {
      where: [{ field: 'dueAt', op: '<=', value: now - lostAfterMs }],
      orderBy: { field: 'dueAt', direction: 'asc' },
      limit: most,
    },
    {
      where: [{ field: 'leaseUntil', op: '<=', value: now }],
      orderBy: { field: 'leaseUntil', direction: 'asc' },
      limit: most,
    },
    // Taken by a clock that has been set back since: `hasLiveLease` has the bound.
    {
      where: [{ field: 'leaseUntil', op: '>', value: now + 2 * leaseMs }],
      orderBy: { field: 'leaseUntil', direction: 'asc' },
      limit: most,
    },
    {
      where: [
        { field: 'status', op: 'in', value: activeStatuses },
        { field: 'deadlineAt', op: '<=', value: now },
      ],
      orderBy: { field: 'deadlineAt', direction: 'asc' },
      limit: most,
    },
  ];
}
