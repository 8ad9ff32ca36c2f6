/** One organisation: whether it can be read, and what to do when it cannot. */
import type { JSX } from 'preact';
import { useContext } from 'preact/hooks';
import type { ConnectionView } from '../../shared/contract/connection.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { sayCount } from '../../shared/ui/when.ts';
import { PersonContext } from './person.ts';
import { sayUsage } from './usage-words.ts';

export function ConnectionRow(props: {
  connection: ConnectionView;
  onReconnect: () => void;
  onDisconnect: () => void;
}): JSX.Element {
  const { connection } = props;
  const { canEdit, isOwner } = useContext(PersonContext);
  const isActive = connection.status === 'active';
  const isWhole = isActive && connection.missing.length === 0;
  return (
    <li class="row connection">
      <div class="row-main">
        <span class="name" title={connection.name}>
          {connection.name}
        </span>
        <span class="quiet">
          {[connection.countryCode, connection.baseCurrency, sayCount(connection.exporters, 'exporter')]
            .filter((part) => part !== '')
            .join(' · ')}
        </span>
        {isActive && connection.usage.bytesThisMonth > 0 ? (
          <span class="quiet" title="Xero’s day begins at its own time; the month is by UTC.">
            {sayUsage(connection.usage)}
          </span>
        ) : null}
      </div>
      <span class={`chip ${isWhole ? 'chip-ok' : 'chip-needs-you'}`}>
        <Icon name={isWhole ? 'check' : 'warning'} size={14} />
        {isWhole ? 'Connected' : 'Needs you'}
      </span>
      {canEdit ? (
        <div class="row-actions">
          {isWhole ? null : (
            <button
              type="button"
              class="primary"
              onClick={props.onReconnect}
              aria-label={`Reconnect Xero: ${connection.name}`}
            >
              Reconnect Xero
            </button>
          )}
          {isOwner ? (
            <button
              type="button"
              class="plain"
              onClick={props.onDisconnect}
              aria-label={`Disconnect ${connection.name}`}
            >
              Disconnect
            </button>
          ) : null}
        </div>
      ) : null}
      {isActive ? null : (
        <p class="row-note quiet">
          Disconnected inside Xero. Reconnect it to go on; exporters and tabs are kept.
        </p>
      )}
      {isActive && connection.missing.length > 0 ? (
        <p class="row-note quiet">Not allowed at Xero: {connection.missing.join(', ')}.</p>
      ) : null}
    </li>
  );
}
