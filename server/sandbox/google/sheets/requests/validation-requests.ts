/** batchUpdate's setDataValidation: a rule on each cell of a range, or none. */
import * as z from 'zod';
import { assertCondition, validationRuleSchema } from '../condition.ts';
import type { ValidationRule } from '../format-book.ts';
import { eachRow } from '../grid.ts';
import type { FormatVector } from '../model.ts';
import { openRect } from '../protection.ts';
import { gridRangeSchema, requestKind } from './request-kind.ts';

const setDataValidation = requestKind(
  z.strictObject({
    range: gridRangeSchema,
    rule: validationRuleSchema.optional(),
    filteredRowsIncluded: z.boolean().optional(),
  }),
  (edit, { range, rule }) => {
    if (rule) assertCondition(rule.condition);
    const { sheet, rect } = openRect(edit, range);
    const known = new Map<FormatVector, FormatVector>();
    const wanted: ValidationRule | undefined = rule;
    eachRow(edit.draft, sheet, rect, (row) => {
      let next = known.get(row.formats);
      if (!next) {
        const ids = Array.from(
          { length: Math.max(row.formats.length, rect.right) },
          (_, column) => row.formats[column] ?? 0,
        );
        for (let column = rect.left; column < rect.right; column += 1) {
          ids[column] = edit.book.withValidation(ids[column] ?? 0, wanted);
        }
        next = edit.book.vector(ids);
        known.set(row.formats, next);
      }
      row.formats = next;
    });
    return undefined;
  },
);

export const validationRequests = { setDataValidation };
