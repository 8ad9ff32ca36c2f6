/** One exporter: what it writes where, how it stands, its run under way, and what a person can do. */
import type { JSX } from 'preact';
import { useContext, useState } from 'preact/hooks';
import type { ExporterView } from '../../shared/contract/exporter.ts';
import { RunProgress } from '../../shared/ui/progress.tsx';
import { ProblemBox } from '../../shared/ui/states.tsx';
import { rightAt, StatusChip, statusOf } from '../../shared/ui/status.tsx';
import { sayCount, sayWhenWithin } from '../../shared/ui/when.ts';
import { type Confirmation, ConfirmRunDialog } from './confirm-run-dialog.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { EditExporter } from './edit-exporter.tsx';
import { ExporterActions, type ExporterDeed } from './exporter-actions.tsx';
import { ExporterProblem } from './exporter-problem.tsx';
import { LastRun } from './last-run.tsx';
import { openSheet } from './open-sheet.ts';
import { openConsent } from './open-window.ts';
import { PersonContext } from './person.ts';
import type { Act } from './problem-acts.ts';
import { RunHistory } from './run-history.tsx';
import { callApi } from './server-api.ts';
import { useAct } from './use-act.ts';

type Open = 'nothing' | 'edit' | 'history' | 'delete' | Confirmation;

export function ExporterRow(props: {
  exporter: ExporterView;
  onChanged: () => Promise<void>;
  onReconnect: (connectionId: string) => void;
  onWriteElsewhere: (exporter: ExporterView) => void;
}): JSX.Element {
  const { exporter, onChanged } = props;
  const { canEdit, refresh } = useContext(PersonContext);
  const { act: ask, trouble } = useAct(onChanged);
  const [open, setOpen] = useState<Open>('nothing');
  /** The last request to run found a run under way. */
  const [hasJoined, setJoined] = useState(false);
  const params = { exporterId: exporter.id };
  const close = (): void => setOpen('nothing');
  const run = (confirm: Confirmation[] = []) =>
    ask(async () => setJoined(!(await callApi('startRun', { params, body: { confirm } })).isNew));
  const deeds: Record<ExporterDeed, () => unknown> = {
    run: () => run(),
    cancel: () => ask(() => callApi('cancelRun', { params: { runId: exporter.activeRun?.id ?? '' } })),
    edit: () => setOpen('edit'),
    history: () => setOpen('history'),
    pause: () => ask(() => callApi('pauseExporter', { params })),
    resume: () => ask(() => callApi('resumeExporter', { params })),
    'open-sheet': () => openSheet(exporter.spreadsheetId, exporter.sheetId),
    delete: () => setOpen('delete'),
  };
  const acts: Record<Act, () => unknown> = {
    'reconnect-xero': () => props.onReconnect(exporter.connectionId),
    'sign-in-google': () =>
      openConsent('/oauth/google/start', () => {
        void refresh();
        void onChanged();
      }),
    'edit-exporter': deeds.edit,
    'open-sheet': deeds['open-sheet'],
    'write-elsewhere': () => props.onWriteElsewhere(exporter),
    'confirm-empty': () => setOpen('empty-answer'),
    'confirm-removal': () => setOpen('many-removed'),
    'take-over': () => ask(() => callApi('takeOver', { body: { spreadsheetId: exporter.spreadsheetId } })),
    'run-again': deeds.run,
  };

  return (
    <li class="row exporter" id={`exporter-${exporter.id}`}>
      <Summary exporter={exporter} />
      <StatusChip kind={statusOf(exporter)} />
      <ExporterActions exporter={exporter} canEdit={canEdit} onDeed={(deed) => void deeds[deed]()} />
      {exporter.activeRun === null ? null : <RunProgress run={exporter.activeRun} now={new Date()} />}
      {hasJoined && exporter.activeRun !== null ? (
        <p class="row-note quiet" role="status">
          A run was under way already; you joined it.
        </p>
      ) : null}
      {open === 'edit' ? null : (
        <ExporterProblem exporter={exporter} canEdit={canEdit} onAct={(act) => void acts[act]()} />
      )}
      {trouble === undefined ? null : <ProblemBox sentence={trouble.sentence} code={trouble.code} />}
      {exporter.lastRun === null || exporter.activeRun !== null ? null : <LastRun run={exporter.lastRun} />}
      {open === 'edit' ? (
        <EditExporter
          exporter={exporter}
          onDone={(isChanged) => {
            close();
            if (isChanged) void onChanged();
          }}
        />
      ) : null}
      {open === 'history' ? <RunHistory exporter={exporter} onClose={close} /> : null}
      {open === 'delete' ? (
        <DeleteDialog
          exporter={exporter}
          onClose={() => {
            close();
            void onChanged();
          }}
        />
      ) : null}
      {open === 'empty-answer' || open === 'many-removed' ? (
        <ConfirmRunDialog
          exporter={exporter}
          confirmation={open}
          onRun={() => void run([open])}
          onClose={close}
        />
      ) : null}
    </li>
  );
}

function Summary({ exporter }: { exporter: ExporterView }): JSX.Element {
  const { name, organisation, tabTitle, published, schedule, status, pausedAt } = exporter;
  const next = schedule?.next[0];
  return (
    <div class="row-main">
      <span class="name" title={name}>
        {name}
      </span>
      <span class="quiet one-line" title={`${organisation} → ${tabTitle}`}>
        {organisation} → tab “{tabTitle}”
      </span>
      {published === null ? null : (
        <span class="quiet">
          <span class="number">{sayCount(published.rows, 'row')}</span>, right as of{' '}
          {sayWhenWithin(rightAt(exporter) ?? published.at, new Date())}
        </span>
      )}
      {schedule === null ? null : (
        <span class="quiet" title={schedule.words}>
          {next !== undefined
            ? `Next: ${next.words}`
            : status === 'paused'
              ? `Paused${pausedAt === null ? '' : ` since ${sayWhenWithin(pausedAt, new Date())}`}: ${schedule.words}`
              : schedule.words}
        </span>
      )}
    </div>
  );
}
