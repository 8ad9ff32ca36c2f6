/** Deletes Foliokeep's copy of a disconnected organisation, for good: its name is typed first. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ConnectionView } from '../../shared/contract/connection.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { ProblemBox } from '../../shared/ui/states.tsx';
import { callApi, type Trouble, troubleOf } from './server-api.ts';

export function DeleteDataDialog(props: {
  connection: ConnectionView;
  onDeleted: () => void;
  onClose: () => void;
}): JSX.Element {
  const { connection } = props;
  const [typed, setTyped] = useState('');
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const [isWorking, setWorking] = useState(false);
  const isNamed = typed.trim() === connection.name;
  const erase = async (close: () => void): Promise<void> => {
    setWorking(true);
    try {
      await callApi('deleteOrganisationData', {
        params: { connectionId: connection.id },
        body: { name: typed },
      });
      props.onDeleted();
      close();
    } catch (error) {
      setTrouble(troubleOf(error));
      setWorking(false);
    }
  };
  return (
    <Dialog title={`Delete the data of ${connection.name}`} onClose={props.onClose}>
      {(close) => (
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (isNamed && !isWorking) void erase(close);
          }}
        >
          <p>Foliokeep’s copy of this organisation is deleted for good.</p>
          <p class="quiet">Tabs in your spreadsheets, exporters and Xero itself stay as they are.</p>
          <label>
            Type {connection.name} to confirm
            <input
              type="text"
              value={typed}
              autocomplete="off"
              onInput={(event) => setTyped(event.currentTarget.value)}
            />
          </label>
          {trouble === undefined ? null : <ProblemBox sentence={trouble.sentence} code={trouble.code} />}
          <div class="dialog-actions">
            <button type="submit" class="danger" disabled={!isNamed || isWorking}>
              {isWorking ? 'Deleting' : 'Delete data'}
            </button>
            <button type="button" onClick={close}>
              Keep it
            </button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
