/** Organisations that were disconnected here, folded: connect one again, or delete Foliokeep's copy of it. */
import type { JSX } from 'preact';
import { useContext, useState } from 'preact/hooks';
import type { ConnectionView } from '../../shared/contract/connection.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { sayCount } from '../../shared/ui/when.ts';
import { DeleteDataDialog } from './delete-data-dialog.tsx';
import { PersonContext } from './person.ts';

export function DisconnectedOrganisations(props: {
  connections: readonly ConnectionView[];
  onConnect: (connectionId: string) => void;
}): JSX.Element | null {
  const { canEdit } = useContext(PersonContext);
  const [erasing, setErasing] = useState<ConnectionView | undefined>(undefined);
  const [erased, setErased] = useState<readonly string[]>([]);
  if (props.connections.length === 0) return null;
  return (
    <details>
      <summary>
        {sayCount(props.connections.length, 'disconnected organisation', 'disconnected organisations')}
      </summary>
      <ul class="rows">
        {props.connections.map((connection) => (
          <li key={connection.id} class="row connection">
            <div class="row-main">
              <span class="name" title={connection.name}>
                {connection.name}
              </span>
              <span class="quiet">
                {erased.includes(connection.id)
                  ? 'Foliokeep’s copy is deleted.'
                  : sayCount(connection.exporters, 'exporter')}
              </span>
            </div>
            <span class="chip chip-paused">
              <Icon name="paused" size={14} />
              Disconnected
            </span>
            {canEdit ? (
              <div class="row-actions">
                <button
                  type="button"
                  onClick={() => props.onConnect(connection.id)}
                  aria-label={`Connect ${connection.name} again`}
                >
                  Connect again
                </button>
                <button
                  type="button"
                  class="plain"
                  disabled={erased.includes(connection.id)}
                  onClick={() => setErasing(connection)}
                  aria-label={`Delete data of ${connection.name}`}
                >
                  Delete data
                </button>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
      {erasing === undefined ? null : (
        <DeleteDataDialog
          connection={erasing}
          onDeleted={() => setErased([...erased, erasing.id])}
          onClose={() => setErasing(undefined)}
        />
      )}
    </details>
  );
}
