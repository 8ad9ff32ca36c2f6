/** A spreadsheet as a grid, window by window, so that a tab of any length stays quick. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Empty, ProblemBox, Skeleton } from '../../../shared/ui/states.tsx';
import { sayCount } from '../../../shared/ui/when.ts';
import type { GridPage } from '../google/control/grid-page.ts';
import { askGrid, cellsOf, changedCells, isChanged } from './grid-window.ts';
import { sayTrouble } from './playground-api.ts';

const rowHeight = 24;
const overscan = 30;

export function SheetView({
  spreadsheets,
}: {
  spreadsheets: Array<{ id: string; title: string }>;
}): JSX.Element {
  const [chosen, setChosen] = useState(spreadsheets[0]?.id ?? '');
  if (spreadsheets.length === 0)
    return (
      <Empty
        sentence="There is no spreadsheet yet."
        example="Foliokeep can make one: add an exporter into a new spreadsheet."
      />
    );
  return (
    <div class="sheet">
      <div class="toolbar">
        <label class="grow">
          <span class="quiet">Spreadsheet</span>
          <select value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
            {spreadsheets.map((one) => (
              <option key={one.id} value={one.id}>
                {one.title}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Grid key={chosen} spreadsheetId={chosen} />
    </div>
  );
}

function Grid({ spreadsheetId }: { spreadsheetId: string }): JSX.Element {
  const [grid, setGrid] = useState<GridPage | undefined>(undefined);
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());
  const [trouble, setTrouble] = useState<string | undefined>(undefined);
  const [sheetId, setSheetId] = useState<number | undefined>(undefined);
  const scroller = useRef<HTMLDivElement>(null);
  const newest = useRef<GridPage | undefined>(undefined);

  const load = useCallback(async () => {
    const view = scroller.current;
    const first = Math.floor((view?.scrollTop ?? 0) / rowHeight);
    const shown = Math.ceil((view?.clientHeight ?? 600) / rowHeight);
    const rowStart = Math.max(0, first - overscan);
    try {
      const next = await askGrid(spreadsheetId, { sheetId, rowStart, rowCount: shown + 2 * overscan });
      const difference = changedCells(newest.current, next);
      if (difference.size > 0) setChanged(difference);
      newest.current = next;
      setGrid(next);
      setTrouble(undefined);
    } catch (error) {
      setTrouble(sayTrouble(error));
    }
  }, [spreadsheetId, sheetId]);

  useEffect(() => {
    void load();
    const timer = setInterval(() => void load(), 1_500);
    return () => clearInterval(timer);
  }, [load]);
  useEffect(() => {
    if (changed.size === 0) return;
    const timer = setTimeout(() => setChanged(new Set()), 6_000);
    return () => clearTimeout(timer);
  }, [changed]);

  if (grid === undefined)
    return trouble === undefined ? (
      <Skeleton lines={14} />
    ) : (
      <ProblemBox sentence="The spreadsheet cannot be shown." code={trouble} />
    );
  return (
    <>
      <section
        class="grid-scroll"
        ref={scroller}
        onScroll={() => void load()}
        tabIndex={0}
        aria-label={`Tab ${grid.tab.title}`}
      >
        <GridTable grid={grid} changed={changed} />
      </section>
      <TabStrip
        tabs={grid.tabs}
        shown={grid.tab}
        onChoose={(id) => {
          setSheetId(id);
          setChanged(new Set());
          scroller.current?.scrollTo(0, 0);
        }}
      />
    </>
  );
}

function GridTable({ grid, changed }: { grid: GridPage; changed: ReadonlySet<string> }): JSX.Element {
  const { rowCount } = grid.tab;
  const columns = grid.columns.filter((column) => !column.isHidden);
  const rowEnd = grid.rowStart + grid.rows.length;
  return (
    <table class="grid" style={{ height: `${(rowCount + 1) * rowHeight}px` }}>
      <thead>
        <tr>
          <th class="corner" />
          {columns.map(({ column, letter, width }) => (
            <th key={column} style={{ minWidth: `${Math.max(60, width)}px` }}>
              {letter}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <Filler rows={grid.rowStart} />
        {grid.rows.map((row) => (
          <GridRow key={row.row} row={row} columns={columns} changed={changed} />
        ))}
        <Filler rows={rowCount - rowEnd} />
      </tbody>
    </table>
  );
}

/** Stands for the rows that are not drawn, so that the scroll bar is right. */
const Filler = ({ rows }: { rows: number }): JSX.Element | null =>
  rows > 0 ? <tr style={{ height: `${rows * rowHeight}px` }} /> : null;

function GridRow(props: {
  row: GridPage['rows'][number];
  columns: GridPage['columns'];
  changed: ReadonlySet<string>;
}): JSX.Element {
  const { row, columns, changed } = props;
  const cells = cellsOf(row);
  return (
    <tr>
      <th>{row.row + 1}</th>
      {columns.map(({ column }) => {
        const cell = cells.get(column);
        const look = [
          cell?.isBold === true ? 'bold' : '',
          cell?.note === undefined ? '' : 'noted',
          isChanged(changed, row.row, column) ? 'changed' : '',
        ];
        return (
          <td
            key={column}
            class={look.join(' ').trim()}
            style={
              cell === undefined
                ? {}
                : {
                    textAlign: cell.align,
                    ...(cell.background === undefined
                      ? {}
                      : { background: cell.background, color: cell.textColour ?? '#1f1f1f' }),
                  }
            }
            title={cell?.note ?? cell?.text}
          >
            {cell?.text}
          </td>
        );
      })}
    </tr>
  );
}

function TabStrip(props: {
  tabs: GridPage['tabs'];
  shown: GridPage['tab'];
  onChoose: (sheetId: number) => void;
}): JSX.Element {
  return (
    <div class="tab-strip" role="tablist" aria-label="Tabs of the spreadsheet">
      {props.tabs
        .filter((tab) => !tab.isHidden)
        .map((tab) => (
          <button
            key={tab.sheetId}
            type="button"
            role="tab"
            class="plain tab"
            aria-selected={tab.sheetId === props.shown.sheetId}
            title={tab.title}
            onClick={() => props.onChoose(tab.sheetId)}
          >
            {tab.title}
          </button>
        ))}
      <span class="quiet">{sayCount(props.shown.contentRows, 'row')}</span>
    </div>
  );
}
