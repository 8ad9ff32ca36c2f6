/** The row of tools above the grid: what can be done to the chosen cells. */
import type { JSX } from 'preact';
import type { GridCell, GridPage } from '../google/control/grid-page.ts';
import { append, bold, fill, fills, insert, numberFormat, numberFormats, remove, sort } from './grid-acts.ts';
import type { Rect } from './grid-selection.ts';
import { Menu } from './menu.tsx';

export function GridTools(props: {
  grid: GridPage;
  rect: Rect;
  /** The one that the selection began at. */
  cell: GridCell | undefined;
  onEdit: (edit: Readonly<Record<string, unknown>>) => void;
  onClear: () => void;
  onUndo: () => void;
}): JSX.Element {
  const { grid, rect, cell, onEdit } = props;
  const { sheetId } = grid.tab;
  const rows = counted(rect.bottom - rect.top, 'row');
  const columns = counted(rect.right - rect.left, 'column');
  const isBold = cell?.isBold === true;
  const put = (dimension: 'ROWS' | 'COLUMNS', isAfter: boolean) => () =>
    onEdit(insert(sheetId, dimension, rect, isAfter));
  return (
    <div class="grid-tools" role="toolbar" aria-label="Chosen cells">
      <button type="button" class="plain" disabled={!grid.canUndo} onClick={props.onUndo}>
        Undo
      </button>
      <button
        type="button"
        class="plain bold"
        aria-pressed={isBold}
        onClick={() => onEdit(bold(sheetId, rect, !isBold))}
      >
        Bold
      </button>
      <Menu
        word="Format"
        items={numberFormats.map(({ word }) => ({
          word,
          onChoose: () => onEdit(numberFormat(sheetId, rect, word)),
        }))}
      />
      <Menu
        word="Fill"
        items={fills.map(({ word }) => ({ word, onChoose: () => onEdit(fill(sheetId, rect, word)) }))}
      />
      <Menu
        word="Insert"
        items={[
          { word: `${rows} above`, onChoose: put('ROWS', false) },
          { word: `${rows} below`, onChoose: put('ROWS', true) },
          { word: `${columns} left`, onChoose: put('COLUMNS', false) },
          { word: `${columns} right`, onChoose: put('COLUMNS', true) },
          { word: '1 column at the end', onChoose: () => onEdit(append(sheetId, 'COLUMNS', 1)) },
        ]}
      />
      <Menu
        word="Delete"
        items={[
          { word: 'Contents', onChoose: props.onClear },
          { word: rows, onChoose: () => onEdit(remove(sheetId, 'ROWS', rect)) },
          { word: columns, onChoose: () => onEdit(remove(sheetId, 'COLUMNS', rect)) },
        ]}
      />
      <Menu
        word="Sort"
        items={[
          { word: 'A to Z', onChoose: () => onEdit(sort(grid, rect, false)) },
          { word: 'Z to A', onChoose: () => onEdit(sort(grid, rect, true)) },
        ]}
      />
    </div>
  );
}

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
