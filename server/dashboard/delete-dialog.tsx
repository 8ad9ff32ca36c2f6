/** Confirms the deletion of an exporter by its name, and says that the tab stays. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ExporterView } from '../../shared/contract/exporter.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { ProblemBox } from '../../shared/ui/states.tsx';
import { callApi, type Trouble, troubleOf } from './server-api.ts';

export function DeleteDialog(props: { exporter: ExporterView; onClose: () => void }): JSX.Element {
  const { exporter, onClose } = props;
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const [isWorking, setWorking] = useState(false);
  const remove = async (close: () => void): Promise<void> => {
    setWorking(true);
    try {
      await callApi('deleteExporter', { params: { exporterId: exporter.id } });
      close();
    } catch (error) {
      setTrouble(troubleOf(error));
      setWorking(false);
    }
  };
  return (
    <Dialog title={`Delete ${exporter.name}`} onClose={onClose}>
      {(close) => (
        <>
          <p>It stops running. The tab “{exporter.tabTitle}” and its rows stay in your spreadsheet.</p>
          {trouble === undefined ? null : <ProblemBox sentence={trouble.sentence} code={trouble.code} />}
          <div class="dialog-actions">
            <button type="button" class="danger" disabled={isWorking} onClick={() => void remove(close)}>
              {isWorking ? 'Deleting' : 'Delete exporter'}
            </button>
            <button type="button" onClick={close}>
              Keep it
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}
