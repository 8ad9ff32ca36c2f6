/** What the last run did, folded under the exporter: rows, cells, calls, time, and every gap by name. */
import type { JSX } from 'preact';
import type { RunView } from '../../shared/contract/run.ts';
import { sayCount, sayWhen } from '../../shared/ui/when.ts';

const reasons: Record<RunView['gaps'][number]['reason'], string> = {
  'unreadable-record': 'could not be read; kept as Xero sent it',
  'unreadable-value': 'holds a value that is not what its column says; left empty',
  'no-permission': 'may not be read by the Xero user who connected',
  'scope-missing': 'was not allowed when Xero was connected',
  'not-available': 'is not available in this organisation',
  'unsettled-totals': 'kept changing while it was read',
};

export function LastRun({ run }: { run: RunView }): JSX.Element {
  const seconds =
    run.startedAt === null || run.endedAt === null
      ? undefined
      : (Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000;
  return (
    <details class="last-run">
      <summary>
        Last run {run.endedAt === null ? '' : sayWhen(run.endedAt, new Date())}
        {run.gaps.length === 0 ? '' : ` · ${sayCount(run.gaps.length, 'gap')}`}
      </summary>
      <dl>
        <dt>Rows</dt>
        <dd>{sayCount(run.counters.rows)}</dd>
        <dt>Cells written</dt>
        <dd>{sayCount(run.counters.cellsWritten)}</dd>
        <dt>Xero calls</dt>
        <dd>{sayCount(run.counters.xeroCalls)}</dd>
        {seconds === undefined ? null : (
          <>
            <dt>Time</dt>
            <dd>{seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s</dd>
          </>
        )}
      </dl>
      {run.gaps.length === 0 ? null : (
        <ul>
          {run.gaps.map((gap) => (
            <li key={`${gap.what} ${gap.reason}`}>
              {gap.what} {reasons[gap.reason]}
              {gap.count > 1 ? ` (${sayCount(gap.count)} times)` : ''}.
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
