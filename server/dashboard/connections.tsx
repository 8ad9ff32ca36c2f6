/** The organisations that the team has connected, their health, and the way to connect, reconnect and disconnect. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ConnectionView } from '../../shared/contract/connection.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { Empty, ProblemBox, Skeleton } from '../../shared/ui/states.tsx';
import { sayCount } from '../../shared/ui/when.ts';
import { DisconnectDialog } from './disconnect-dialog.tsx';
import { openConsent } from './open-window.ts';
import { callApi, type Trouble, troubleOf } from './server-api.ts';
import type { Loaded } from './use-loaded.ts';

type Props = { loaded: Loaded<{ connections: ConnectionView[] }> };

export function Connections({ loaded }: Props): JSX.Element {
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const [leaving, setLeaving] = useState<ConnectionView | undefined>(undefined);
  const connect = async (connectionId?: string): Promise<void> => {
    setTrouble(undefined);
    try {
      const { url } = await callApi('beginConsent', {
        body: connectionId === undefined ? {} : { connectionId },
      });
      openConsent(url, () => void loaded.reload());
    } catch (error) {
      setTrouble(troubleOf(error));
    }
  };
  const shown = (loaded.data?.connections ?? []).filter((one) => one.status !== 'disconnected');
  const problem = trouble ?? loaded.trouble;

  return (
    <section aria-labelledby="connections-title">
      <div class="section-head">
        <h2 id="connections-title">Organisations</h2>
        {shown.length === 0 ? null : (
          <button type="button" onClick={() => void connect()}>
            <Icon name="plus" /> Connect Xero
          </button>
        )}
      </div>
      {problem === undefined ? null : <ProblemBox sentence={problem.sentence} code={problem.code} />}
      {loaded.data === undefined && problem === undefined ? <Skeleton lines={2} /> : null}
      {loaded.data !== undefined && shown.length === 0 ? (
        <Empty
          sentence="Connect the Xero organisations that you want in your sheets."
          example="For example Demo Company (NZ). You choose which at Xero."
        >
          <button type="button" class="primary" onClick={() => void connect()}>
            Connect Xero
          </button>
        </Empty>
      ) : null}
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
      {leaving === undefined ? null : (
        <DisconnectDialog
          connection={leaving}
          onClose={() => {
            setLeaving(undefined);
            void loaded.reload();
          }}
        />
      )}
    </section>
  );
}

function ConnectionRow(props: {
  connection: ConnectionView;
  onReconnect: () => void;
  onDisconnect: () => void;
}): JSX.Element {
  const { connection } = props;
  const isActive = connection.status === 'active';
  return (
    <li class="row">
      <div class="row-main">
        <span class="name" title={connection.name}>
          {connection.name}
        </span>
        <span class="quiet">
          {[connection.countryCode, connection.baseCurrency, sayCount(connection.exporters, 'exporter')]
            .filter((part) => part !== '')
            .join(' · ')}
        </span>
        {isActive ? null : (
          <span class="quiet">
            Disconnected inside Xero. Reconnect it to go on; exporters and tabs are kept.
          </span>
        )}
        {connection.missing.length === 0 ? null : (
          <span class="quiet">Not allowed at Xero: {connection.missing.join(', ')}.</span>
        )}
      </div>
      <span class={`chip ${isActive ? 'chip-ok' : 'chip-needs-you'}`}>
        <Icon name={isActive ? 'check' : 'warning'} size={14} />
        {isActive ? 'Connected' : 'Needs you'}
      </span>
      <div class="row-actions">
        {isActive ? null : (
          <button type="button" class="primary" onClick={props.onReconnect}>
            Reconnect Xero
          </button>
        )}
        <button
          type="button"
          class="plain"
          onClick={props.onDisconnect}
          aria-label={`Disconnect ${connection.name}`}
        >
          Disconnect
        </button>
      </div>
    </li>
  );
}
