/** Asks before a run goes on where it stopped to be safe: what would go, and what stays. */
import type { JSX } from 'preact';
import type { ExporterView } from '../../shared/contract/exporter.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { sayCount } from '../../shared/ui/when.ts';

export type Confirmation = 'empty-answer' | 'many-removed';

export function ConfirmRunDialog(props: {
  exporter: ExporterView;
  confirmation: Confirmation;
  onRun: () => void;
  onClose: () => void;
}): JSX.Element {
  const { exporter, confirmation } = props;
  const rows = exporter.published?.rows ?? 0;
  const isEmpty = confirmation === 'empty-answer';
  return (
    <Dialog title={isEmpty ? `Empty “${exporter.tabTitle}”` : 'Confirm removal'} onClose={props.onClose}>
      {(close) => (
        <>
          <p>{exporter.lastRun?.error?.sentence ?? ''}</p>
          <p>
            {isEmpty
              ? `If Xero still answers with no rows, the ${sayCount(rows, 'row')} of “${exporter.tabTitle}” are taken out.`
              : `What vanished in Xero is taken out of “${exporter.tabTitle}”, and of every other tab that shows it when it next runs.`}
          </p>
          <p class="quiet">Cells outside the rows of Foliokeep stay as they are.</p>
          <div class="dialog-actions">
            <button
              type="button"
              class="danger"
              onClick={() => {
                close();
                props.onRun();
              }}
            >
              {isEmpty ? 'Run anyway' : 'Confirm removal and run'}
            </button>
            <button type="button" onClick={close}>
              Keep the rows
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}
