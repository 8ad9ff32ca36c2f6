/** The marks by which a block is found again, brought to where they belong after a write (block-marks.ts). */
import { columnValue, MARK, WRITES_KEPT } from '../../../domain/block-marks.ts';
import type { MarkPlace } from '../../../domain/spreadsheet.ts';
import type { SheetRequest } from '../../../ports.ts';
import { createMark, deleteMark } from './sheet-requests.ts';
import type { Survey } from './survey.ts';

/** Marks that are right already are left alone. After the grid has grown: some stand in new rows. */
export function renewedMarks(exporterId: string, survey: Survey): SheetRequest[] {
  const { placement, block, retired } = survey;
  const { sheetId, columns, oldMarks } = placement;
  // One write mark is being added.
  const oldWrites = (block?.writes ?? []).slice(0, -(WRITES_KEPT - 1)).map(({ metadataId }) => metadataId);
  return [
    ...[...retired, ...oldMarks, ...oldWrites].map(deleteMark),
    ...columns
      .filter(({ isMarked }) => !isMarked)
      .map((column) => {
        const place = { kind: 'column', sheetId, index: column.index } as const;
        return createMark(MARK.column, columnValue(exporterId, column), place);
      }),
    ...edgeMarks(exporterId, survey),
  ];
}

/** The marks on the ends of the block and of the grid, where they are not there already. */
function edgeMarks(exporterId: string, { placement, block }: Survey): SheetRequest[] {
  const { sheetId, wantedLastRow: row, addRows, addColumns } = placement;
  const lastLine = (count: number | undefined, added: number): number => (count ?? 0) + added - 1;
  const edges = [
    { key: MARK.last, place: { kind: 'row', sheetId, index: row } },
    { key: MARK.below, place: { kind: 'row', sheetId, index: row + 1 } },
    { key: MARK.foot, place: { kind: 'row', sheetId, index: lastLine(block?.tab.rowCount, addRows) } },
    {
      key: MARK.side,
      place: { kind: 'column', sheetId, index: lastLine(block?.tab.columnCount, addColumns) },
    },
  ] as const;
  return edges.flatMap(({ key, place }) => {
    const there = (block?.marks ?? []).filter((mark) => mark.key === key);
    if (there.length === 1 && isSamePlace(there[0]?.place, place)) return [];
    return [...there.map(({ metadataId }) => deleteMark(metadataId)), createMark(key, exporterId, place)];
  });
}

const isSamePlace = (a: MarkPlace | undefined, b: MarkPlace): boolean =>
  a?.kind === b.kind && a.kind !== 'tab' && b.kind !== 'tab' && a.index === b.index;
