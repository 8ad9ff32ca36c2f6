/** The window of a tab that is on screen: loaded again as it is scrolled, every so often, and after each act. */
import type { RefObject } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { GridPage } from '../google/control/grid-page.ts';
import { askGrid, changedCells, newTab } from './grid-window.ts';
import { sayTrouble } from './playground-api.ts';

export const rowHeight = 24;
const overscan = 30;
const lookEveryMs = 1_500;
const markedForMs = 8_000;

export interface ShownGrid {
  grid: GridPage | undefined;
  /** Cells that somebody else changed lately. */
  changed: ReadonlySet<string>;
  trouble: string | undefined;
  scroller: RefObject<HTMLDivElement | null>;
  load(): void;
  /** Does it and loads what came of it. What the person did is not marked: they know. */
  act(deed: () => Promise<unknown>): Promise<void>;
  showTab(sheetId: number): void;
}

/** `isJustMade`: begins at its newest tab, that is what the spreadsheet was made for. */
export function useGrid(
  spreadsheetId: string,
  first: { isJustMade: boolean; sheetId: number | undefined },
): ShownGrid {
  const { isJustMade } = first;
  const [grid, setGrid] = useState<GridPage | undefined>(undefined);
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());
  const [trouble, setTrouble] = useState<string | undefined>(undefined);
  const [sheetId, setSheetId] = useState(first.sheetId);
  const scroller = useRef<HTMLDivElement>(null);
  const newest = useRef<GridPage | undefined>(undefined);

  const load = useCallback(
    async (isOwnAct = false) => {
      const view = scroller.current;
      const top = Math.floor((view?.scrollTop ?? 0) / rowHeight);
      const shown = Math.ceil((view?.clientHeight ?? 600) / rowHeight);
      const rowStart = Math.max(0, top - overscan);
      try {
        const next = await askGrid(spreadsheetId, { sheetId, rowStart, rowCount: shown + 2 * overscan });
        const difference = changedCells(newest.current, next);
        if (difference.size > 0 && !isOwnAct) setChanged(difference);
        const before = newest.current ?? (isJustMade ? { ...next, tabs: [] } : next);
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
    },
    [spreadsheetId, sheetId, isJustMade],
  );
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
    scroller.current?.scrollTo(0, 0);
  }, []);

  return {
    grid,
    changed,
    trouble,
    scroller,
    load: () => void load(),
    async act(deed) {
      try {
        await deed();
      } catch (error) {
        setTrouble(sayTrouble(error));
        return;
      }
      await load(true);
    },
    showTab,
  };
}
