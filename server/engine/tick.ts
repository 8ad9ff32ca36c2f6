/** What happens every minute: lost tasks get a new one, overdue runs end, expired sessions and consents go. */
import { activeStatuses, hasEnded, type Run } from '../domain/run.ts';
import { reissue } from '../domain/run-hand-over.ts';
import type { Ports, Query, Stored } from '../ports.ts';
import { describeError } from './describe-error.ts';
import { moveRun } from './move-run.ts';
import { type EngineOptions, engineDefaults } from './options.ts';
import { enqueueRun } from './run-task.ts';
import { sweepExpired } from './sweep-expired.ts';

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
  for (const query of suspects(ports.clock.now(), options))
    for (const suspect of await ports.store.query('runs', query)) {
      try {
        const outcome = await reissueRun(ports, suspect, options);
        if (outcome) report[outcome] += 1;
      } catch (error) {
        ports.log.error('A run could not be taken up again', {
          runId: suspect.id,
          error: describeError(error),
        });
        errors.push(error);
      }
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

async function reissueRun(
  ports: TickPorts,
  { id, data }: Stored<'runs'>,
  { leaseMs, maxRescues }: EngineOptions,
): Promise<'reissued' | 'ended' | undefined> {
  const at = { seq: data.seq, now: ports.clock.now(), leaseMs, maxRescues };
  let isMine = false;
  const run = await moveRun(ports, id, (stored: Run) => {
    const after = reissue(stored, at);
    isMine = after !== stored;
    return after;
  });
  if (!run || !isMine) return undefined;
  if (hasEnded(run)) return 'ended';
  // Its task may be late and not lost, in a long line: the new one takes its place, not the last.
  await enqueueRun(ports, id, run, data.dueAt ?? run.dueAt);
  return 'reissued';
}
