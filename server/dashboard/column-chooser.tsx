/** Which columns, and in which order: the chosen ones on top, in their order; found by name; all by keyboard. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ColumnView, DatasetView } from '../../shared/contract/catalogue.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { columnsOrDefault, defaultColumns } from './exporter-choice.ts';

export function ColumnChooser(props: {
  dataset: DatasetView;
  columns: string[] | null;
  onChange: (columns: string[] | null) => void;
}): JSX.Element {
  const { dataset, onChange } = props;
  const [search, setSearch] = useState('');
  const chosen = props.columns ?? defaultColumns(dataset);
  const byKey = new Map(dataset.columns.map((column) => [column.key, column]));
  const ordered = [
    ...chosen.flatMap((key) => byKey.get(key) ?? []),
    ...dataset.columns.filter((column) => !chosen.includes(column.key)),
  ];
  const found = ordered.filter((column) => column.label.toLowerCase().includes(search.trim().toLowerCase()));
  const change = (next: string[]): void => onChange(columnsOrDefault(dataset, next));
  const move = (key: string, by: -1 | 1): void => {
    const from = chosen.indexOf(key);
    const next = chosen.filter((one) => one !== key);
    next.splice(from + by, 0, key);
    change(next);
  };

  return (
    <div class="stack">
      <div class="inline">
        <input
          type="text"
          value={search}
          placeholder="Find a column"
          aria-label="Find a column"
          onInput={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.preventDefault();
          }}
        />
        <button type="button" disabled={props.columns === null} onClick={() => onChange(null)}>
          Use defaults
        </button>
      </div>
      <ul class="choices" aria-label="Columns">
        {found.map((column) => {
          const at = chosen.indexOf(column.key);
          return (
            <ColumnItem
              key={column.key}
              column={column}
              isChosen={at >= 0}
              isOnly={at >= 0 && chosen.length === 1}
              canRise={at > 0}
              canSink={at >= 0 && at < chosen.length - 1}
              onToggle={() =>
                change(at >= 0 ? chosen.filter((key) => key !== column.key) : [...chosen, column.key])
              }
              onMove={(by) => move(column.key, by)}
            />
          );
        })}
      </ul>
      {found.length === 0 ? <p class="quiet">No column has this name.</p> : null}
    </div>
  );
}

function ColumnItem(props: {
  column: ColumnView;
  isChosen: boolean;
  isOnly: boolean;
  canRise: boolean;
  canSink: boolean;
  onToggle: () => void;
  onMove: (by: -1 | 1) => void;
}): JSX.Element {
  const { column } = props;
  return (
    <li>
      <label class="check">
        <input type="checkbox" checked={props.isChosen} disabled={props.isOnly} onChange={props.onToggle} />
        <span title={column.label}>{column.label}</span>
        {column.isNew === true ? <span class="quiet">new in Xero</span> : null}
      </label>
      {props.isChosen ? (
        <span class="movers">
          <button
            type="button"
            class="plain icon-only"
            disabled={!props.canRise}
            onClick={() => props.onMove(-1)}
            aria-label={`Move ${column.label} up`}
          >
            <Icon name="up" />
          </button>
          <button
            type="button"
            class="plain icon-only"
            disabled={!props.canSink}
            onClick={() => props.onMove(1)}
            aria-label={`Move ${column.label} down`}
          >
            <Icon name="down" />
          </button>
        </span>
      ) : null}
    </li>
  );
}
