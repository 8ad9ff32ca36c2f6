/** An organisation whose data is to be deleted: when, who asked, and the way back until then. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ConnectionView } from '../../shared/contract/connection.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { ProblemBox } from '../../shared/ui/states.tsx';
import { sayWhenWithin } from '../../shared/ui/when.ts';
import { callApi, type Trouble, troubleOf } from './server-api.ts';

export function DeletionRow(props: {
  connection: ConnectionView;
  onChanged: () => Promise<void>;
}): JSX.Element {
  const { id, name, deletion } = props.connection;
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const [isWorking, setWorking] = useState(false);
  const undo = async (): Promise<void> => {
    setWorking(true);
    setTrouble(undefined);
    try {
      await callApi('undoDeletion', { params: { connectionId: id } });
    } catch (error) {
      setTrouble(troubleOf(error));
    }
    setWorking(false);
    await props.onChanged();
  };
  return (
    <li class="row connection">
      <div class="row-main">
        <span class="name" title={name}>
          {name}
        </span>
        <span class="quiet">
          {deletion === null
            ? 'Its data is being deleted.'
            : `Its data is deleted for good ${sayWhenWithin(deletion.dueAt, new Date())}, as ${deletion.requestedBy} asked.`}
        </span>
      </div>
      <span class="chip chip-needs-you">
        <Icon name="bin" size={14} />
        To be deleted
      </span>
      {deletion?.canUndo === true ? (
        <div class="row-actions">
          <button
            type="button"
            disabled={isWorking}
            onClick={() => void undo()}
            aria-label={`Undo the deletion of ${name}`}
          >
            {isWorking ? 'Undoing' : 'Undo deletion'}
          </button>
        </div>
      ) : null}
      {trouble === undefined ? null : <ProblemBox sentence={trouble.sentence} code={trouble.code} />}
    </li>
  );
}
