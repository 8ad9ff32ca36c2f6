/** Organisations that were disconnected here, folded: connect one again, or delete Foliokeep's copy of it. */
import type { JSX } from 'preact';
import { useContext, useState } from 'preact/hooks';
import type { ConnectionView } from '../../shared/contract/connection.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { sayCount } from '../../shared/ui/when.ts';
import { DeleteDataDialog } from './delete-data-dialog.tsx';
import { DeletionRow } from './deletion-row.tsx';
import { PersonContext } from './person.ts';

export function DisconnectedOrganisations(props: {
  connections: readonly ConnectionView[];
  onConnect: (connectionId: string) => void;
  onChanged: () => Promise<void>;
}): JSX.Element | null {
  const { canEdit, isOwner } = useContext(PersonContext);
  const [erasing, setErasing] = useState<ConnectionView | undefined>(undefined);
  const [isOpen, setOpen] = useState(false);
  // What can still be undone is in sight.
  const isDue = props.connections.some(({ status }) => status === 'deletion-due');
  if (props.connections.length === 0) return null;
  return (
    <details open={isOpen || isDue} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {sayCount(props.connections.length, 'disconnected organisation', 'disconnected organisations')}
      </summary>
      <ul class="rows">
        {props.connections
          .filter(({ status }) => status === 'deletion-due')
          .map((connection) => (
            <DeletionRow key={connection.id} connection={connection} onChanged={props.onChanged} />
          ))}
        {props.connections
          .filter(({ status }) => status === 'disconnected')
          .map((connection) => (
            <li key={connection.id} class="row connection">
              <div class="row-main">
                <span class="name" title={connection.name}>
                  {connection.name}
                </span>
                <span class="quiet">{sayCount(connection.exporters, 'exporter')}</span>
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
                  {isOwner ? (
                    <button
                      type="button"
                      class="plain"
                      onClick={() => setErasing(connection)}
                      aria-label={`Delete data of ${connection.name}`}
                    >
                      Delete data
                    </button>
                  ) : null}
                </div>
              ) : null}
            </li>
          ))}
      </ul>
      {erasing === undefined ? null : (
        <DeleteDataDialog
          connection={erasing}
          onDeleted={() => void props.onChanged()}
          onClose={() => setErasing(undefined)}
        />
      )}
    </details>
  );
}
