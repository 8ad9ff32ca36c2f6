/** A spreadsheet as a grid, window by window, so that a tab of any length stays quick. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Empty, ProblemBox, Skeleton } from '../../../shared/ui/states.tsx';
import { sayCount } from '../../../shared/ui/when.ts';
import {
  askGrid,
  changedCells,
  columnName,
  type GridTab,
  type GridWindow,
  isChanged,
} from './grid-window.ts';
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
  const [grid, setGrid] = useState<GridWindow | undefined>(undefined);
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());
  const [trouble, setTrouble] = useState<string | undefined>(undefined);
  const [sheetId, setSheetId] = useState<number | undefined>(undefined);
  const scroller = useRef<HTMLDivElement>(null);
  const newest = useRef<GridWindow | undefined>(undefined);

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
  const tab = grid.tabs.find((one) => one.sheetId === grid.sheetId);
  return (
    <>
      <section
        class="grid-scroll"
        ref={scroller}
        onScroll={() => void load()}
        tabIndex={0}
        aria-label={`Tab ${tab?.title ?? ''}`}
      >
        <GridTable
          grid={grid}
          rowCount={tab?.rowCount ?? grid.rows.length}
          columnCount={tab?.columnCount ?? 26}
          changed={changed}
        />
      </section>
      <TabStrip
        tabs={grid.tabs}
        shown={grid.sheetId}
        onChoose={(id) => {
          setSheetId(id);
          setChanged(new Set());
          scroller.current?.scrollTo(0, 0);
        }}
      />
    </>
  );
}

function GridTable(props: {
  grid: GridWindow;
  rowCount: number;
  columnCount: number;
  changed: ReadonlySet<string>;
}): JSX.Element {
  const { grid, rowCount, changed } = props;
  const columns = Array.from({ length: props.columnCount }, (_, index) => index).filter(
    (index) => grid.columns[index]?.isHidden !== true,
  );
  const rowEnd = grid.rowStart + grid.rows.length;
  return (
    <table class="grid" style={{ height: `${(rowCount + 1) * rowHeight}px` }}>
      <thead>
        <tr>
          <th class="corner" />
          {columns.map((index) => (
            <th key={index} style={{ minWidth: `${Math.max(90, grid.columns[index]?.width ?? 100)}px` }}>
              {columnName(index)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {grid.rowStart > 0 ? <tr class="gap" style={{ height: `${grid.rowStart * rowHeight}px` }} /> : null}
        {grid.rows.map((cells, at) => {
          const row = grid.rowStart + at;
          return (
            <tr key={row}>
              <th>{row + 1}</th>
              {columns.map((column) => {
                const cell = cells[column] ?? null;
                return (
                  <td
                    key={column}
                    class={`${cell?.isBold === true ? 'bold ' : ''}${isChanged(changed, row, column) ? 'changed ' : ''}${cell?.note === undefined ? '' : 'noted'}`}
                    style={cell === null ? {} : { textAlign: cell.align }}
                    title={cell?.note ?? cell?.text}
                  >
                    {cell?.text}
                  </td>
                );
              })}
            </tr>
          );
        })}
        {rowEnd < rowCount ? (
          <tr class="gap" style={{ height: `${(rowCount - rowEnd) * rowHeight}px` }} />
        ) : null}
      </tbody>
    </table>
  );
}

function TabStrip(props: {
  tabs: GridTab[];
  shown: number;
  onChoose: (sheetId: number) => void;
}): JSX.Element {
  const shown = props.tabs.find((tab) => tab.sheetId === props.shown);
  return (
    <div class="tab-strip" role="tablist" aria-label="Tabs of the spreadsheet">
      {props.tabs
        .filter((tab) => !tab.hidden)
        .map((tab) => (
          <button
            key={tab.sheetId}
            type="button"
            role="tab"
            class="plain tab"
            aria-selected={tab.sheetId === props.shown}
            title={tab.title}
            onClick={() => props.onChoose(tab.sheetId)}
          >
            {tab.title}
          </button>
        ))}
      <span class="quiet">{shown === undefined ? '' : sayCount(shown.rowCount, 'row')}</span>
    </div>
  );
}
