/** The rows of the window, with space above and below for those that are not drawn. */
import type { JSX } from 'preact';
import type { GridCell, GridPage } from '../google/control/grid-page.ts';
import type { Place } from './grid-place.ts';
import { holds, type Rect, type Selection } from './grid-selection.ts';
import { cellsOf, isChanged } from './grid-window.ts';
import { rowHeight } from './use-grid.ts';

interface CellProps {
  selection: Selection;
  rect: Rect;
  /** What is being typed into the chosen cell. */
  draft: string | undefined;
  /** Pressed there; with shift, or with the button held on the way to it, the selection goes on to it. */
  onSelect: (place: Place, isExtended: boolean, whole?: Selection['whole']) => void;
  onEdit: (draft: string | undefined) => void;
  onSave: (value: string) => void;
}

export function GridTable(props: CellProps & { grid: GridPage; changed: ReadonlySet<string> }): JSX.Element {
  const { grid } = props;
  const { rowCount } = grid.tab;
  const columns = grid.columns.filter((column) => !column.isHidden);
  const rowEnd = grid.rowStart + grid.rows.length;
  return (
    <table class="grid">
      <thead>
        <tr>
          <th class="corner">
            <span class="hidden">Row</span>
          </th>
          {columns.map(({ column, letter, width }) => (
            <th
              key={column}
              scope="col"
              class={column >= props.rect.left && column < props.rect.right ? 'within' : ''}
              style={{ minWidth: `${Math.max(60, width)}px` }}
              onMouseDown={(event) => props.onSelect({ row: 0, column }, event.shiftKey, 'columns')}
            >
              {letter}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <Filler rows={grid.rowStart} />
        {grid.rows.map((row) => (
          <GridRow key={row.row} {...props} row={row} columns={columns} />
        ))}
        <Filler rows={rowCount - rowEnd} />
      </tbody>
    </table>
  );
}

/** Stands for the rows that are not drawn, so that the scroll bar is right. */
const Filler = ({ rows }: { rows: number }): JSX.Element | null =>
  rows > 0 ? <tr style={{ height: `${rows * rowHeight}px` }} /> : null;

function GridRow(
  props: CellProps & {
    row: GridPage['rows'][number];
    columns: GridPage['columns'];
    changed: ReadonlySet<string>;
  },
): JSX.Element {
  const { row, columns, changed, selection, rect, draft } = props;
  const cells = cellsOf(row);
  return (
    <tr>
      <th
        scope="row"
        class={row.row >= rect.top && row.row < rect.bottom ? 'within' : ''}
        onMouseDown={(event) => props.onSelect({ row: row.row, column: 0 }, event.shiftKey, 'rows')}
      >
        {row.row + 1}
      </th>
      {columns.map(({ column }) => {
        const cell = cells.get(column);
        const isChosen = selection.anchor.row === row.row && selection.anchor.column === column;
        const here = { row: row.row, column };
        return (
          <td
            key={column}
            class={lookOf(cell, {
              chosen: isChosen,
              within: holds(rect, row.row, column),
              changed: isChanged(changed, row.row, column),
            })}
            style={styleOf(cell)}
            title={cell?.note ?? cell?.text}
            onMouseDown={(event) => props.onSelect(here, event.shiftKey)}
            onMouseEnter={(event) => {
              if (event.buttons === 1) props.onSelect(here, true);
            }}
            onDblClick={() => props.onEdit(cell?.formula ?? cell?.text ?? '')}
          >
            {isChosen && draft !== undefined ? (
              <CellInput draft={draft} onEdit={props.onEdit} onSave={props.onSave} />
            ) : (
              cell?.text
            )}
          </td>
        );
      })}
    </tr>
  );
}

function CellInput(props: Pick<CellProps, 'onEdit' | 'onSave'> & { draft: string }): JSX.Element {
  return (
    <input
      class="cell-input"
      type="text"
      aria-label="Cell"
      value={props.draft}
      ref={(input) => input?.focus()}
      onInput={(event) => props.onEdit(event.currentTarget.value)}
      onBlur={() => props.onEdit(undefined)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') props.onSave(props.draft);
        if (event.key === 'Escape') props.onEdit(undefined);
      }}
    />
  );
}

const lookOf = (
  cell: GridCell | undefined,
  is: { chosen: boolean; within: boolean; changed: boolean },
): string =>
  [
    cell?.isBold === true ? 'bold' : '',
    cell?.isItalic === true ? 'italic' : '',
    cell?.note === undefined ? '' : 'noted',
    is.changed ? 'changed' : '',
    is.within ? 'within' : '',
    is.chosen ? 'chosen' : '',
  ]
    .filter((one) => one !== '')
    .join(' ');

const styleOf = (cell: GridCell | undefined): Record<string, string> =>
  cell === undefined
    ? {}
    : {
        textAlign: cell.align,
        ...(cell.background === undefined
          ? {}
          : { backgroundColor: cell.background, color: cell.textColour ?? '#1f1f1f' }),
      };
