/** What a person can do with an exporter: the one thing that is next as a word, the others as icons with their names. */
import type { JSX } from 'preact';
import type { ExporterView } from '../../shared/contract/exporter.ts';
import { Icon, type IconName } from '../../shared/ui/icon.tsx';

export type ExporterDeed =
  | 'run'
  | 'cancel'
  | 'edit'
  | 'history'
  | 'pause'
  | 'resume'
  | 'open-sheet'
  | 'delete';

export function ExporterActions(props: {
  exporter: ExporterView;
  canEdit: boolean;
  onDeed: (deed: ExporterDeed) => void;
}): JSX.Element {
  const { exporter, canEdit, onDeed } = props;
  const { name, status } = exporter;
  const run = exporter.activeRun;
  const isPaused = status === 'paused';
  const icon = (deed: ExporterDeed, look: IconName, words: string) => (
    <button
      type="button"
      class="plain icon-only"
      onClick={() => onDeed(deed)}
      aria-label={`${words}: ${name}`}
      title={words}
    >
      <Icon name={look} />
    </button>
  );
  return (
    <div class="row-actions">
      {canEdit ? (
        <button
          type="button"
          class="run-button"
          disabled={run?.isCancelling === true || (run === null && isPaused)}
          onClick={() => onDeed(run === null ? 'run' : 'cancel')}
          aria-label={run === null ? `Run ${name} now` : `Cancel the run of ${name}`}
        >
          <Icon name={run === null ? 'play' : 'stop'} /> {run === null ? 'Run now' : 'Cancel run'}
        </button>
      ) : null}
      {icon('open-sheet', 'out', 'Open the sheet')}
      {icon('history', 'history', 'History of runs')}
      {canEdit ? icon('edit', 'pencil', 'Edit exporter') : null}
      {canEdit && (status === 'active' || isPaused)
        ? icon(isPaused ? 'resume' : 'pause', isPaused ? 'resume' : 'paused', isPaused ? 'Resume' : 'Pause')
        : null}
      {canEdit ? icon('delete', 'bin', 'Delete exporter') : null}
    </div>
  );
}
