/** Rows with their columns: headers that stay, amounts to the right, and the whole as text for a spreadsheet. */
import type { JSX } from 'preact';
import { sayAmount } from './amount.ts';
import { CopyButton } from './copy-button.tsx';
import { tsvOf } from './tsv.ts';

type Cell = string | number | boolean | null;
export interface TableRows {
  columns: Array<{ key: string; label: string; type: string }>;
  rows: Cell[][];
}

const numeric = ['money', 'quantity', 'rate', 'integer'];

export function RowsTable({ table, label }: { table: TableRows; label: string }): JSX.Element {
  const { columns, rows } = table;
  return (
    <div class="stack">
      <section
        class="table-scroll"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard (WCAG 2.1.1).
        tabIndex={0}
        aria-label={label}
      >
        <table class="table">
          <thead>
            <tr>
              {columns.map((column) => (
                <th
                  key={column.key}
                  scope="col"
                  class={numeric.includes(column.type) ? 'number' : ''}
                  title={column.label}
                >
                  {column.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={at}>
                {columns.map((column, index) => (
                  <BodyCell key={column.key} cell={row[index] ?? null} type={column.type} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <CopyButton text={() => tsvOf(columns, rows)} />
    </div>
  );
}

function BodyCell({ cell, type }: { cell: Cell; type: string }): JSX.Element {
  const text = sayCell(cell, type);
  return (
    <td class={numeric.includes(type) ? 'number' : ''} title={text}>
      {text}
    </td>
  );
}

function sayCell(cell: Cell, type: string): string {
  if (cell === null) return '';
  if (typeof cell === 'boolean') return cell ? 'Yes' : 'No';
  return type === 'money' || type === 'quantity' ? sayAmount(String(cell)) : String(cell);
}
