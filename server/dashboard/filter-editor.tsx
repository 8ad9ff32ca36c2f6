/** Which rows: one line per filter, all of which must hold. */
import type { JSX } from 'preact';
import type { ColumnView, DatasetView } from '../../shared/contract/catalogue.ts';
import type { Filter } from '../../shared/contract/exporter.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { firstFilter, opsOf } from './filter-words.ts';

const mostFilters = 20;

export function FilterEditor(props: {
  dataset: DatasetView;
  filters: readonly Filter[];
  /** The path of the field that the server refused, e.g. `filters.0.values.0`. */
  refused: string | undefined;
  onChange: (filters: Filter[]) => void;
}): JSX.Element {
  const { dataset, filters, refused, onChange } = props;
  const first = dataset.columns.find((column) => column.key === 'status') ?? dataset.columns[0];
  return (
    <div class="stack">
      {filters.map((filter, at) => (
        <FilterLine
          key={at}
          columns={dataset.columns}
          filter={filter}
          number={at + 1}
          isRefused={refused?.startsWith(`filters.${at}.`) === true}
          onChange={(next) => onChange(filters.map((one, index) => (index === at ? next : one)))}
          onRemove={() => onChange(filters.filter((_, index) => index !== at))}
        />
      ))}
      <button
        type="button"
        disabled={first === undefined || filters.length >= mostFilters}
        onClick={() => (first === undefined ? undefined : onChange([...filters, firstFilter(first)]))}
      >
        <Icon name="plus" /> Add filter
      </button>
    </div>
  );
}

function FilterLine(props: {
  columns: readonly ColumnView[];
  filter: Filter;
  number: number;
  isRefused: boolean;
  onChange: (filter: Filter) => void;
  onRemove: () => void;
}): JSX.Element {
  const { columns, filter, number, onChange } = props;
  const column = columns.find((one) => one.key === filter.column);
  if (column === undefined) return <p class="quiet">A column of this filter is gone.</p>;
  return (
    <fieldset class="filter">
      <legend class="hidden">Filter {number}</legend>
      <select
        aria-label="Column"
        value={filter.column}
        onChange={(event) => {
          const next = columns.find((one) => one.key === event.currentTarget.value);
          if (next !== undefined) onChange(firstFilter(next));
        }}
      >
        {columns.map((one) => (
          <option key={one.key} value={one.key}>
            {one.label}
          </option>
        ))}
      </select>
      <select
        aria-label="Condition"
        value={filter.op}
        onChange={(event) => {
          const op = opsOf(column.type).find(([one]) => one === event.currentTarget.value)?.[0];
          if (op !== undefined) onChange({ ...filter, op, values: [filter.values[0] ?? ''] });
        }}
      >
        {opsOf(column.type).map(([op, word]) => (
          <option key={op} value={op}>
            {word}
          </option>
        ))}
      </select>
      <FilterValue column={column} filter={filter} isRefused={props.isRefused} onChange={onChange} />
      <button
        type="button"
        class="plain icon-only"
        onClick={props.onRemove}
        aria-label={`Remove filter ${number}`}
      >
        <Icon name="close" />
      </button>
    </fieldset>
  );
}

function FilterValue(props: {
  column: ColumnView;
  filter: Filter;
  isRefused: boolean;
  onChange: (filter: Filter) => void;
}): JSX.Element {
  const { column, filter, onChange } = props;
  const value = filter.op === 'one-of' ? filter.values.join(', ') : (filter.values[0] ?? '');
  if (column.type === 'boolean')
    return (
      <select
        aria-label="Value"
        value={value}
        onChange={(event) => onChange({ ...filter, values: [event.currentTarget.value] })}
      >
        <option value="true">Yes</option>
        <option value="false">No</option>
      </select>
    );
  const isDay = column.type === 'date' || column.type === 'instant';
  const shared = {
    'aria-label': 'Value',
    'aria-invalid': props.isRefused ? ('true' as const) : ('false' as const),
  };
  if (isDay)
    return (
      <input
        {...shared}
        type="date"
        value={value.slice(0, 10)}
        onInput={(event) => onChange({ ...filter, values: [event.currentTarget.value] })}
      />
    );
  const isList = filter.op === 'one-of';
  return (
    <input
      {...shared}
      type="text"
      placeholder={isList ? 'PAID, AUTHORISED' : ''}
      value={value}
      onInput={(event) => {
        const typed = event.currentTarget.value;
        onChange({ ...filter, values: isList ? typed.split(/, ?/) : [typed] });
      }}
    />
  );
}
