/** The organisations that the team has connected, their health, and the way to connect, reconnect and disconnect. */
import type { JSX } from 'preact';
import { useContext, useState } from 'preact/hooks';
import type { ConnectionView } from '../../shared/contract/connection.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { Empty, ProblemBox, Skeleton } from '../../shared/ui/states.tsx';
import { ConnectionRow } from './connection-row.tsx';
import { DisconnectDialog } from './disconnect-dialog.tsx';
import { DisconnectedOrganisations } from './disconnected-organisations.tsx';
import { PersonContext } from './person.ts';
import { useConsent } from './use-consent.ts';
import type { Loaded } from './use-loaded.ts';

interface Props {
  loaded: Loaded<{ connections: ConnectionView[] }>;
  /** Connections and exporters may both read differently now. */
  onChanged: () => Promise<void>;
}

export function Connections({ loaded, onChanged }: Props): JSX.Element {
  const { canEdit } = useContext(PersonContext);
  const [leaving, setLeaving] = useState<ConnectionView | undefined>(undefined);
  const { connect, trouble } = useConsent(onChanged);
  const all = loaded.data?.connections ?? [];
  const isGone = ({ status }: ConnectionView): boolean =>
    status === 'disconnected' || status === 'deletion-due';
  const shown = all.filter((one) => !isGone(one));
  const problem = trouble ?? loaded.trouble;

  return (
    <section aria-labelledby="connections-title">
      <div class="section-head">
        <h2 id="connections-title">Organisations</h2>
        {shown.length === 0 || !canEdit ? null : (
          <button type="button" onClick={() => void connect()}>
            <Icon name="plus" /> Connect Xero
          </button>
        )}
      </div>
      {problem === undefined ? null : <ProblemBox sentence={problem.sentence} code={problem.code} />}
      {loaded.data === undefined && problem === undefined ? <Skeleton lines={3} /> : null}
      {loaded.data !== undefined && shown.length === 0 ? (
        <Empty
          sentence="Connect the Xero organisations that you want in your sheets."
          example="For example Demo Company (NZ). You choose which at Xero; Foliokeep only reads."
        >
          {canEdit ? (
            <button type="button" class="primary" onClick={() => void connect()}>
              Connect Xero
            </button>
          ) : null}
        </Empty>
      ) : null}
      {shown.length === 0 ? null : (
        <ul class="rows">
          {shown.map((connection) => (
            <ConnectionRow
              key={connection.id}
              connection={connection}
              onReconnect={() => void connect(connection.id)}
              onDisconnect={() => setLeaving(connection)}
            />
          ))}
        </ul>
      )}
      <DisconnectedOrganisations
        connections={all.filter(isGone)}
        onConnect={(id) => void connect(id)}
        onChanged={onChanged}
      />
      {leaving === undefined ? null : (
        <DisconnectDialog
          connection={leaving}
          onClose={() => {
            setLeaving(undefined);
            void onChanged();
          }}
        />
      )}
    </section>
  );
}
