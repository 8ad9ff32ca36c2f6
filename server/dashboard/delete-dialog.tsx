/** Confirms the deletion of an exporter by its name, and says that the tab stays. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ExporterView } from '../../shared/contract/exporter.ts';
import { ProblemBox } from '../../shared/ui/states.tsx';
import { callApi, type Trouble, troubleOf } from './server-api.ts';

export function DeleteDialog(props: { exporter: ExporterView; onClose: () => void }): JSX.Element {
  const { exporter, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  useEffect(() => dialog.current?.showModal(), []);
  const remove = async (): Promise<void> => {
    try {
      await callApi('deleteExporter', { params: { exporterId: exporter.id } });
      onClose();
    } catch (error) {
      setTrouble(troubleOf(error));
    }
  };
  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby="delete-title">
      <h2 id="delete-title">Delete {exporter.name}</h2>
      <p>It stops running. The tab “{exporter.tabTitle}” and its rows stay in your spreadsheet.</p>
      {trouble === undefined ? null : <ProblemBox sentence={trouble.sentence} code={trouble.code} />}
      <div class="dialog-actions">
        <button type="button" class="primary danger" onClick={() => void remove()}>
          Delete exporter
        </button>
        <button type="button" onClick={onClose}>
          Keep it
        </button>
      </div>
    </dialog>
  );
}
