/** One exporter: what it writes where, how it stands, its run under way, and what a person can do. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ExporterView } from '../../shared/contract/exporter.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { RunProgress } from '../../shared/ui/progress.tsx';
import { ProblemBox } from '../../shared/ui/states.tsx';
import { StatusChip, statusOf } from '../../shared/ui/status.tsx';
import { sayCount, sayWhen } from '../../shared/ui/when.ts';
import { DeleteDialog } from './delete-dialog.tsx';
import { LastRun } from './last-run.tsx';
import { callApi, type Trouble, troubleOf } from './server-api.ts';

export function ExporterRow(props: { exporter: ExporterView; onChanged: () => Promise<void> }): JSX.Element {
  const { exporter, onChanged } = props;
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const [isDeleting, setDeleting] = useState(false);
  const run = exporter.activeRun;
  const act = async (ask: () => Promise<unknown>): Promise<void> => {
    setTrouble(undefined);
    try {
      await ask();
    } catch (error) {
      setTrouble(troubleOf(error));
    }
    await onChanged();
  };
  const params = { exporterId: exporter.id };
  const failure = run === null ? exporter.lastRun?.error : null;

  return (
    <li class="row exporter">
      <div class="row-main">
        <span class="name" title={exporter.name}>
          {exporter.name}
        </span>
        <span class="quiet" title={`${exporter.organisation} → ${exporter.tabTitle}`}>
          {exporter.organisation} → tab “{exporter.tabTitle}”
        </span>
        {exporter.published === null ? null : (
          <span class="quiet">
            <span class="number">{sayCount(exporter.published.rows, 'row')}</span>, right as of{' '}
            {sayWhen(exporter.published.at, new Date())}
          </span>
        )}
      </div>
      <StatusChip kind={statusOf(exporter)} />
      <div class="row-actions">
        {run === null ? (
          <button
            type="button"
            disabled={exporter.status === 'paused'}
            onClick={() => void act(() => callApi('startRun', { params, body: {} }))}
            aria-label={`Run ${exporter.name} now`}
          >
            <Icon name="play" /> Run now
          </button>
        ) : (
          <button
            type="button"
            disabled={run.isCancelling}
            onClick={() => void act(() => callApi('cancelRun', { params: { runId: run.id } }))}
            aria-label={`Cancel the run of ${exporter.name}`}
          >
            <Icon name="stop" /> Cancel run
          </button>
        )}
        <button
          type="button"
          class="plain"
          onClick={() => setDeleting(true)}
          aria-label={`Delete ${exporter.name}`}
        >
          <Icon name="bin" />
        </button>
      </div>
      {run === null ? null : <RunProgress run={run} now={new Date()} />}
      {failure === null || failure === undefined ? null : (
        <ProblemBox
          sentence={failure.sentence}
          meaning={`The tab “${exporter.tabTitle}” is kept as it was.`}
          code={failure.code}
        />
      )}
      {trouble === undefined ? null : <ProblemBox sentence={trouble.sentence} code={trouble.code} />}
      {exporter.lastRun === null || run !== null ? null : <LastRun run={exporter.lastRun} />}
      {isDeleting ? (
        <DeleteDialog
          exporter={exporter}
          onClose={() => {
            setDeleting(false);
            void onChanged();
          }}
        />
      ) : null}
    </li>
  );
}
