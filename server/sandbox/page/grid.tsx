/** A tab as a grid, window by window, so that a tab of any length stays quick; its cells can be edited as in a spreadsheet. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ProblemBox, Skeleton } from '../../../shared/ui/states.tsx';
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
import type { OpenSheetWish } from './open-sheet-message.ts';
import { TabStrip } from './tab-strip.tsx';
import { useGrid } from './use-grid.ts';

export function Grid(props: {
  spreadsheetId: string;
  /** Begins at its newest tab: that is what it was made for. */
  isJustMade: boolean;
  wish: OpenSheetWish | undefined;
}): JSX.Element {
  const { spreadsheetId } = props;
  const [selection, setSelection] = useState<Selection>(oneCell({ row: 0, column: 0 }));
  const [draft, setDraft] = useState<string | undefined>(undefined);
  const { wish, isJustMade } = props;
  const shown = useGrid(spreadsheetId, { isJustMade, sheetId: wish?.sheetId });
  const { grid, changed, trouble, scroller } = shown;
  const showTab = (id: number): void => {
    shown.showTab(id);
    setSelection(oneCell({ row: 0, column: 0 }));
    setDraft(undefined);
  };
  useEffect(() => {
    if (wish?.sheetId !== undefined) showTab(wish.sheetId);
  }, [wish]);

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
    await shown.act(deed);
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
        onScroll={shown.load}
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
