/** What the last run did, folded under the exporter: rows, cells, calls, time, and every gap by name. */
import type { JSX } from 'preact';
import type { RunView } from '../../shared/contract/run.ts';
import { sayCount, sayWhenWithin } from '../../shared/ui/when.ts';
import { sayGap, sayNews, sayOutcome, saySeconds } from './run-words.ts';

export function LastRun({ run }: { run: RunView }): JSX.Element {
  const time = saySeconds(run);
  return (
    <details class="last-run">
      <summary>
        Last run {run.endedAt === null ? '' : sayWhenWithin(run.endedAt, new Date())}
        {run.gaps.length === 0 ? '' : ` · ${sayCount(run.gaps.length, 'gap')}`}
        {run.news.length === 0 ? '' : ' · new in Xero'}
      </summary>
      <dl>
        <dt>Outcome</dt>
        <dd>{sayOutcome(run)}</dd>
        <dt>Rows</dt>
        <dd>{sayCount(run.counters.rows)}</dd>
        <dt>Cells written</dt>
        <dd>{sayCount(run.counters.cellsWritten)}</dd>
        <dt>Xero calls</dt>
        <dd>{sayCount(run.counters.xeroCalls)}</dd>
        {time === '' ? null : (
          <>
            <dt>Time</dt>
            <dd>{time}</dd>
          </>
        )}
      </dl>
      {run.gaps.length === 0 ? null : (
        <ul>
          {run.gaps.map((gap) => (
            <li key={`${gap.what} ${gap.reason}`}>{sayGap(gap)}</li>
          ))}
        </ul>
      )}
      {run.news.length === 0 ? null : (
        <ul>
          {sayNews(run.news).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </details>
  );
}
