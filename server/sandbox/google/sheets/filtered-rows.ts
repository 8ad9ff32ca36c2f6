/** Rows that a tab's basic filter hides: criteria by hidden values or by condition, the header row never. */
import { cellText } from './cell-text.ts';
import { meetsCondition } from './condition.ts';
import { evaluatorOf } from './formula/evaluate.ts';
import { formatIdAt } from './grid.ts';
import type { Shown } from './grid-json.ts';
import type { Sheet } from './model.ts';

export const filteredRows = ({ spreadsheet, book, now }: Shown, sheet: Sheet): Set<number> => {
  const hidden = new Set<number>();
  const { basicFilter } = sheet;
  const criteria = Object.entries(basicFilter?.criteria ?? {});
  if (!basicFilter || criteria.length === 0) return hidden;
  const { resultAt } = evaluatorOf(spreadsheet, now);
  const { startRowIndex = 0, endRowIndex = sheet.rowCount } = basicFilter.range;
  for (let row = startRowIndex + 1; row < Math.min(endRowIndex, sheet.rowCount); row += 1) {
    const isHidden = criteria.some(([at, { hiddenValues, condition }]) => {
      const column = Number(at);
      const result = resultAt(sheet, row, column);
      const text = cellText(result, book.format(formatIdAt(sheet, row, column)));
      if (Array.isArray(hiddenValues) && hiddenValues.includes(text)) return true;
      return condition !== undefined && !meetsCondition(condition, result, text);
    });
    if (isHidden) hidden.add(row);
  }
  return hidden;
};
