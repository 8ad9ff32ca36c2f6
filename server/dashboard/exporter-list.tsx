/** Exporters in a list that stays quick with hundreds: found by name, shown a part at a time. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ExporterView } from '../../shared/contract/exporter.ts';
import { sayCount } from '../../shared/ui/when.ts';
import { ExporterRow } from './exporter-row.tsx';

const shownAtOnce = 30;
/** So few are seen at a glance. */
const searchedFrom = 8;

export function ExporterList(props: {
  exporters: readonly ExporterView[];
  onChanged: () => Promise<void>;
  onReconnect: (connectionId: string) => void;
  onWriteElsewhere: (exporter: ExporterView) => void;
}): JSX.Element | null {
  const { exporters } = props;
  const [search, setSearch] = useState('');
  const [limit, setLimit] = useState(shownAtOnce);
  if (exporters.length === 0) return null;
  const term = search.trim().toLowerCase();
  const found = exporters.filter(({ name, organisation, tabTitle }) =>
    `${name} ${organisation} ${tabTitle}`.toLowerCase().includes(term),
  );
  // The one that a link names is shown, however far down.
  const named = found.findIndex(({ id }) => location.hash === `#exporter-${id}`);
  const shown = found.slice(0, Math.max(limit, named + 1));
  return (
    <>
      {exporters.length < searchedFrom ? null : (
        <input
          type="text"
          value={search}
          placeholder="Find an exporter"
          aria-label="Find an exporter"
          onInput={(event) => {
            setSearch(event.currentTarget.value);
            setLimit(shownAtOnce);
          }}
        />
      )}
      {found.length === 0 ? <p class="quiet">No exporter has this name.</p> : null}
      <ul class="rows">
        {shown.map((exporter) => (
          <ExporterRow
            key={exporter.id}
            exporter={exporter}
            onChanged={props.onChanged}
            onReconnect={props.onReconnect}
            onWriteElsewhere={props.onWriteElsewhere}
          />
        ))}
      </ul>
      {shown.length === found.length ? null : (
        <div class="more">
          <span class="quiet">
            {sayCount(shown.length)} of {sayCount(found.length)}
          </span>
          <button type="button" onClick={() => setLimit(limit + shownAtOnce)}>
            Show more
          </button>
        </div>
      )}
    </>
  );
}
