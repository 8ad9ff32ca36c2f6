/** A tab as a grid, window by window, so that a tab of any length stays quick; its cells can be edited as in a spreadsheet. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ProblemBox, Skeleton } from '../../../shared/ui/states.tsx';
import type { GridPage } from '../google/control/grid-page.ts';
import { CellBar } from './cell-bar.tsx';
import { bold, clear, doEdits, undo } from './grid-acts.ts';
import { pasteEdits, tsvOfCells } from './grid-clipboard.ts';
import { cellAt, placeName } from './grid-place.ts';
import {
  allOf,
  extendTo,
  isOneCell,
  oneCell,
  rectOf,
  type Selection,
  selectionAfter,
  selectionName,
} from './grid-selection.ts';
import { GridTable } from './grid-table.tsx';
import { GridTools } from './grid-tools.tsx';
import { askGrid, changedCells, newTab } from './grid-window.ts';
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
  const [selection, setSelection] = useState<Selection>(oneCell({ row: 0, column: 0 }));
  const [draft, setDraft] = useState<string | undefined>(undefined);
  const scroller = useRef<HTMLDivElement>(null);
  const newest = useRef<GridPage | undefined>(undefined);

  /** What the person did is not marked: they know. */
  const load = useCallback(
    async (isOwnAct = false) => {
      const view = scroller.current;
      const first = Math.floor((view?.scrollTop ?? 0) / rowHeight);
      const shown = Math.ceil((view?.clientHeight ?? 600) / rowHeight);
      const rowStart = Math.max(0, first - overscan);
      try {
        const next = await askGrid(spreadsheetId, { sheetId, rowStart, rowCount: shown + 2 * overscan });
        const difference = changedCells(newest.current, next);
        if (difference.size > 0 && !isOwnAct) setChanged(difference);
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
    },
    [spreadsheetId, sheetId, props.isJustMade],
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
    setSelection(oneCell({ row: 0, column: 0 }));
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

  const { anchor } = selection;
  const cell = cellAt(grid, anchor);
  const { sheetId: tabId } = grid.tab;
  const rect = rectOf(selection, grid.tab);
  const act = async (deed: () => Promise<unknown>): Promise<void> => {
    setDraft(undefined);
    scroller.current?.focus();
    try {
      await deed();
    } catch (error) {
      setTrouble(sayTrouble(error));
      return;
    }
    await load(true);
  };
  const edit = (...edits: ReadonlyArray<Readonly<Record<string, unknown>>>): void =>
    void act(() => doEdits(spreadsheetId, edits));
  const type = (typed: { value?: string | null; note?: string | null }): void =>
    edit({ kind: 'set', cell: placeName(grid.tab.title, anchor), ...typed });
  const shortcuts: Readonly<Record<string, () => void>> = {
    a: () => setSelection(allOf(grid.tab)),
    b: () => edit(bold(tabId, rect, cell?.isBold !== true)),
    z: () => void act(() => undo(spreadsheetId)),
  };
  const onKey = (event: KeyboardEvent): void => {
    if (draft !== undefined || event.altKey) return;
    const isCommand = event.ctrlKey || event.metaKey;
    const shortcut = isCommand ? shortcuts[event.key.toLowerCase()] : undefined;
    const next = isCommand ? undefined : selectionAfter(event.key, event.shiftKey, selection, grid);
    if (shortcut !== undefined) shortcut();
    else if (isCommand) return;
    else if (next !== undefined) setSelection(next);
    else if (event.key === 'Enter' || event.key === 'F2') setDraft(cell?.formula ?? cell?.text ?? '');
    else if (event.key === 'Delete' || event.key === 'Backspace') edit(clear(tabId, rect));
    else if (event.key.length === 1) setDraft(event.key);
    else return;
    event.preventDefault();
  };
  const onCopy = (event: ClipboardEvent): void => {
    if (draft !== undefined) return;
    event.clipboardData?.setData('text/plain', tsvOfCells(grid, rect));
    event.preventDefault();
  };
  const onPaste = (event: ClipboardEvent): void => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (draft !== undefined || text === '') return;
    event.preventDefault();
    void act(async () =>
      doEdits(spreadsheetId, pasteEdits(grid, { row: rect.top, column: rect.left }, text)),
    );
  };

  return (
    <>
      <GridTools
        grid={grid}
        rect={rect}
        cell={cell}
        onEdit={edit}
        onClear={() => edit(clear(tabId, rect))}
        onUndo={() => void act(() => undo(spreadsheetId))}
      />
      <CellBar
        key={placeName(grid.tab.title, anchor)}
        name={selectionName(rect)}
        cell={cell}
        onNote={(note) => type({ note: note === '' ? null : note })}
      />
      {trouble === undefined ? null : <ProblemBox sentence="This was not done." code={trouble} />}
      <section
        class={isOneCell(rect) ? 'grid-scroll' : 'grid-scroll many'}
        ref={scroller}
        onScroll={() => void load()}
        onKeyDown={onKey}
        onCopy={onCopy}
        onPaste={onPaste}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard (WCAG 2.1.1).
        tabIndex={0}
        aria-label={`Tab ${grid.tab.title}. Arrow keys move, with shift they choose more cells, Enter edits.`}
      >
        <GridTable
          grid={grid}
          changed={changed}
          selection={selection}
          rect={rect}
          draft={draft}
          onSelect={(place, isExtended, whole) =>
            setSelection({
              ...(isExtended ? extendTo(selection, place) : oneCell(place)),
              ...(whole === undefined ? {} : { whole }),
            })
          }
          onEdit={setDraft}
          onSave={(value) => type({ value: value === '' ? null : value })}
        />
      </section>
      <TabStrip tabs={grid.tabs} shown={grid.tab} onChoose={showTab} />
    </>
  );
}
