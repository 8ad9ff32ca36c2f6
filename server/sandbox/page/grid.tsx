/** A tab as a grid, window by window, so that a tab of any length stays quick; its cells can be edited as in a spreadsheet. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ProblemBox, Skeleton } from '../../../shared/ui/states.tsx';
import type { GridPage } from '../google/control/grid-page.ts';
import { CellBar } from './cell-bar.tsx';
import { cellAt, type Place, placeAfter, placeName } from './grid-place.ts';
import { GridTable } from './grid-table.tsx';
import { addColumn, askGrid, changedCells, editCell, newTab } from './grid-window.ts';
import type { OpenSheetWish } from './open-sheet-message.ts';
import { sayTrouble } from './playground-api.ts';
import { TabStrip } from './tab-strip.tsx';

export const rowHeight = 24;
const overscan = 30;
const lookEveryMs = 1_500;
const markedForMs = 8_000;

export function Grid(props: {
  spreadsheetId: string;
  /** Begins at its newest tab: that is what it was made for. */
  isJustMade: boolean;
  wish: OpenSheetWish | undefined;
}): JSX.Element {
  const { spreadsheetId } = props;
  const [grid, setGrid] = useState<GridPage | undefined>(undefined);
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());
  const [trouble, setTrouble] = useState<string | undefined>(undefined);
  const [sheetId, setSheetId] = useState<number | undefined>(props.wish?.sheetId);
  const [place, setPlace] = useState<Place>({ row: 0, column: 0 });
  const [draft, setDraft] = useState<string | undefined>(undefined);
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
      const before = newest.current ?? (props.isJustMade ? { ...next, tabs: [] } : next);
      const added = newTab(before, next);
      newest.current = next;
      setGrid(next);
      setTrouble(undefined);
      if (added !== undefined) setSheetId(added);
    } catch (error) {
      setTrouble(sayTrouble(error));
      // The tab may be deleted: look at the first one next.
      setSheetId(undefined);
    }
  }, [spreadsheetId, sheetId, props.isJustMade]);

  useEffect(() => {
    void load();
    const timer = setInterval(() => void load(), lookEveryMs);
    return () => clearInterval(timer);
  }, [load]);
  useEffect(() => {
    if (changed.size === 0) return;
    const timer = setTimeout(() => setChanged(new Set()), markedForMs);
    return () => clearTimeout(timer);
  }, [changed]);
  const showTab = useCallback((id: number) => {
    setSheetId(id);
    setChanged(new Set());
    setPlace({ row: 0, column: 0 });
    setDraft(undefined);
    scroller.current?.scrollTo(0, 0);
  }, []);
  useEffect(() => {
    if (props.wish?.sheetId !== undefined) showTab(props.wish.sheetId);
  }, [props.wish, showTab]);

  if (grid === undefined)
    return trouble === undefined ? (
      <Skeleton lines={14} />
    ) : (
      <ProblemBox sentence="The spreadsheet cannot be shown." code={trouble} />
    );

  const cell = cellAt(grid, place);
  const act = async (deed: () => Promise<unknown>): Promise<void> => {
    setDraft(undefined);
    scroller.current?.focus();
    try {
      await deed();
    } catch (error) {
      setTrouble(sayTrouble(error));
      return;
    }
    await load();
  };
  const save = (edit: { value?: string | null; note?: string | null }): Promise<void> =>
    act(() => editCell(spreadsheetId, placeName(grid.tab.title, place), edit));
  const onKey = (event: KeyboardEvent): void => {
    if (draft !== undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = placeAfter(event.key, place, grid);
    if (next !== undefined) setPlace(next);
    else if (event.key === 'Enter' || event.key === 'F2') setDraft(cell?.formula ?? cell?.text ?? '');
    else if (event.key === 'Delete' || event.key === 'Backspace') void save({ value: null });
    else if (event.key.length === 1) setDraft(event.key);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <CellBar
        key={placeName(grid.tab.title, place)}
        name={placeName('', place)}
        cell={cell}
        onNote={(note) => void save({ note: note === '' ? null : note })}
        onAddColumn={() => void act(() => addColumn(spreadsheetId, grid.tab.sheetId))}
      />
      {trouble === undefined ? null : <ProblemBox sentence="This was not done." code={trouble} />}
      <section
        class="grid-scroll"
        ref={scroller}
        onScroll={() => void load()}
        onKeyDown={onKey}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard (WCAG 2.1.1).
        tabIndex={0}
        aria-label={`Tab ${grid.tab.title}. Arrow keys move, Enter edits.`}
      >
        <GridTable
          grid={grid}
          changed={changed}
          place={place}
          draft={draft}
          onPlace={setPlace}
          onEdit={setDraft}
          onSave={(value) => void save({ value: value === '' ? null : value })}
        />
      </section>
      <TabStrip tabs={grid.tabs} shown={grid.tab} onChoose={showTab} />
    </>
  );
}
