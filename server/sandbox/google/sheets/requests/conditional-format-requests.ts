/** batchUpdate requests about conditional formats: an ordered list per tab, addressed by index. */
import * as z from 'zod';
import { invalidArgument } from '../../google-api-error.ts';
import { assertCondition } from '../condition.ts';
import { checkedRange, type Edit, sheetOf } from '../edit.ts';
import type { ConditionalFormat, Sheet } from '../model.ts';
import { conditionalFormatJson } from '../sheet-json.ts';
import { gridRangeSchema, int32, message, requestKind } from './request-kind.ts';

const ruleSchema = z.strictObject({
  ranges: z.array(gridRangeSchema).optional(),
  booleanRule: z.strictObject({ condition: message, format: message.optional() }).optional(),
  gradientRule: message.optional(),
});

const readRule = (edit: Edit, wire: z.infer<typeof ruleSchema>): ConditionalFormat => {
  const { ranges = [], ...rule } = wire;
  if (ranges.length === 0) throw invalidArgument('ConditionalFormatRule.ranges must not be empty.');
  if (!rule.booleanRule === !rule.gradientRule) {
    throw invalidArgument('Exactly one of booleanRule and gradientRule must be set.');
  }
  if (rule.booleanRule) assertCondition(rule.booleanRule.condition);
  const checked = ranges.map((range) => checkedRange(edit, range));
  if (new Set(checked.map(({ sheetId }) => sheetId)).size > 1) {
    throw invalidArgument('All the ranges of a conditional format rule must be on the same grid.');
  }
  return { ranges: checked, rule };
};

const at = (sheet: Sheet, index: number): ConditionalFormat => {
  const format = sheet.conditionalFormats[index];
  if (!format) throw invalidArgument(`No conditional format on sheet: ${sheet.sheetId} at index: ${index}`);
  return format;
};

const insert = (sheet: Sheet, index: number, format: ConditionalFormat): void => {
  const list = [...sheet.conditionalFormats];
  if (index < 0 || index > list.length) {
    throw invalidArgument(`No conditional format on sheet: ${sheet.sheetId} at index: ${index}`);
  }
  list.splice(index, 0, format);
  sheet.conditionalFormats = list;
};

const remove = (sheet: Sheet, index: number): ConditionalFormat => {
  const format = at(sheet, index);
  sheet.conditionalFormats = sheet.conditionalFormats.filter((other) => other !== format);
  return format;
};

const addConditionalFormatRule = requestKind(
  z.strictObject({ rule: ruleSchema, index: int32.optional() }),
  (edit, { rule, index = 0 }) => {
    const format = readRule(edit, rule);
    insert(sheetOf(edit.draft, format.ranges[0]?.sheetId), index, format);
    return undefined;
  },
);

/** Replaces the rule at `index`, or moves it to `newIndex`. */
const updateConditionalFormatRule = requestKind(
  z.strictObject({
    index: int32.optional(),
    sheetId: int32.optional(),
    rule: ruleSchema.optional(),
    newIndex: int32.optional(),
  }),
  (edit, { index = 0, sheetId, rule, newIndex }) => {
    if ((rule === undefined) === (newIndex === undefined)) {
      throw invalidArgument('Exactly one of rule and newIndex must be set.');
    }
    if (rule === undefined) {
      const sheet = sheetOf(edit.draft, sheetId, 'sheet');
      const format = remove(sheet, index);
      insert(sheet, newIndex ?? 0, format);
      return { newRule: conditionalFormatJson(format), newIndex: newIndex ?? 0, oldIndex: index };
    }
    const next = readRule(edit, rule);
    const sheet = sheetOf(edit.draft, sheetId ?? next.ranges[0]?.sheetId, 'sheet');
    const old = at(sheet, index);
    sheet.conditionalFormats = sheet.conditionalFormats.map((format) => (format === old ? next : format));
    return { oldRule: conditionalFormatJson(old), newRule: conditionalFormatJson(next), newIndex: index };
  },
);

const deleteConditionalFormatRule = requestKind(
  z.strictObject({ index: int32.optional(), sheetId: int32.optional() }),
  (edit, { index = 0, sheetId }) => ({
    rule: conditionalFormatJson(remove(sheetOf(edit.draft, sheetId, 'sheet'), index)),
  }),
);

export const conditionalFormatRequests = {
  addConditionalFormatRule,
  updateConditionalFormatRule,
  deleteConditionalFormatRule,
};
