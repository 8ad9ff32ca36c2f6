/** Writing CellData by field mask: the one place where `updateCells`, `repeatCell` and people's edits meet the grid. */
import { checkFieldMask, EVERYTHING, type FieldMask, parseFieldMask, updateByMask } from '../field-mask.ts';
import { invalidArgument } from '../google-api-error.ts';
import { parseWire, unknownName } from '../wire-error.ts';
import { assertCondition, validationRuleSchema } from './condition.ts';
import { assertCellText, type Edit } from './edit.ts';
import { cellDataTree, cellFormatTree } from './field-trees.ts';
import type { ValidationRule } from './format-book.ts';
import { compactNumber, setCell, setFormatId, setNote } from './grid.ts';
import type { CellFormat, CellValue, Row } from './model.ts';
import { pooledText } from './text-pool.ts';

/** Which parts of a cell a request writes. */
export interface CellMask {
  value: boolean;
  note: boolean;
  format: FieldMask | undefined;
  validation: boolean;
}

export type CellData = Record<string, unknown>;

/** Fields of cells that Google has and the sandbox does not: refused by name, never ignored. */
const NOT_HERE = new Set([
  'pivotTable',
  'dataSourceTable',
  'dataSourceFormula',
  'textFormatRuns',
  'chipRuns',
]);
const READ_ONLY = ['effectiveValue', 'formattedValue', 'effectiveFormat', 'hyperlink'];

export const parseCellMask = (fields: string): CellMask => {
  const mask = parseFieldMask(fields);
  checkFieldMask(mask, cellDataTree);
  const readOnly = READ_ONLY.find((name) => mask.has(name));
  if (readOnly) throw invalidArgument(`Field '${readOnly}' is read-only and cannot be in the fields mask.`);
  const isWild = mask.has('*');
  return {
    value: isWild || mask.has('userEnteredValue'),
    note: isWild || mask.has('note'),
    format: isWild ? EVERYTHING : mask.get('userEnteredFormat'),
    validation: isWild || mask.has('dataValidation'),
  };
};

const notOneKind = (): Error => invalidArgument('ExtendedValue must have exactly one kind of value set.');

/** An ExtendedValue as a cell's value; 400 when it holds none or more than one kind. */
export const parseExtendedValue = (edit: Edit, value: unknown): CellValue | undefined => {
  if (value === undefined || value === null) return undefined;
  let kind: string | undefined;
  if (typeof value === 'object') {
    for (const name in value) {
      if (kind !== undefined) throw notOneKind();
      kind = name;
    }
  }
  if (kind === undefined) throw notOneKind();
  const content: unknown = (value as Record<string, unknown>)[kind];
  if (kind === 'numberValue' && typeof content === 'number') return compactNumber(content);
  if (kind === 'boolValue' && typeof content === 'boolean') return content;
  if (kind === 'stringValue' && typeof content === 'string') {
    assertCellText(edit, content);
    return content === '' ? undefined : pooledText(content);
  }
  if (kind === 'formulaValue' && typeof content === 'string') {
    assertCellText(edit, content);
    if (!content.startsWith('=')) throw invalidArgument(`Invalid formula: ${content}`);
    return { formula: content };
  }
  if (kind === 'errorValue') throw invalidArgument('ExtendedValue.errorValue is read-only.');
  throw invalidArgument(`Invalid value for ExtendedValue.${kind}.`);
};

/** A CellData message, or undefined for an empty one; 400 for a field that cells do not have. */
export const readCellData = (cell: unknown, at: () => string): CellData | undefined => {
  if (cell === null || cell === undefined) return undefined;
  if (typeof cell !== 'object' || Array.isArray(cell)) throw invalidArgument(`Invalid value at '${at()}'.`);
  for (const name in cell) {
    // Millions of cells bring a value and nothing else.
    if (name === 'userEnteredValue') continue;
    if (!Object.hasOwn(cellDataTree, name)) throw unknownName(name, at());
    if (NOT_HERE.has(name)) throw invalidArgument(`CellData.${name} is not part of the sandbox.`);
  }
  return cell as CellData;
};

const NUMBER_FORMAT_TYPES = 'TEXT NUMBER PERCENT CURRENCY DATE TIME DATE_TIME SCIENTIFIC'.split(' ');

const assertFormat = (format: unknown): void => {
  const fields = asObject(format);
  for (const name of Object.keys(fields)) {
    if (!Object.hasOwn(cellFormatTree, name)) throw unknownName(name, 'userEnteredFormat');
  }
  const { numberFormat } = fields;
  if (numberFormat === undefined) return;
  const type = asObject(numberFormat)['type'];
  if (type === undefined) {
    throw invalidArgument('NumberFormat.type must be set when writing a number format.');
  }
  if (!NUMBER_FORMAT_TYPES.includes(String(type))) {
    throw invalidArgument(
      `Invalid value at 'user_entered_format.number_format.type' (type.googleapis.com/google.apps.sheets.v4.NumberFormat.NumberFormatType), ${JSON.stringify(type)}`,
    );
  }
};

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** The format id after an update by mask. */
export const updatedFormatId = (edit: Edit, old: number, format: unknown, mask: FieldMask): number => {
  assertFormat(format);
  const next: CellFormat = updateByMask(edit.book.format(old), asObject(format), mask);
  return edit.book.withFormat(old, next);
};

/** The cell's rule; 400 for one that Google would not take. */
export const readValidation = (data: CellData | undefined): ValidationRule | undefined => {
  const wire = data?.['dataValidation'];
  if (wire === undefined || wire === null) return undefined;
  const rule = parseWire(validationRuleSchema, wire, 'dataValidation');
  assertCondition(rule.condition);
  return rule;
};

/** Writes one cell; `data` undefined clears what the mask names. */
export const writeCell = (
  edit: Edit,
  row: Row,
  column: number,
  data: CellData | undefined,
  mask: CellMask,
): void => {
  if (mask.value) setCell(row, column, parseExtendedValue(edit, data?.['userEnteredValue']));
  if (mask.note) {
    const note = data?.['note'];
    setNote(row, column, typeof note === 'string' && note !== '' ? note : undefined);
  }
  if (mask.validation) {
    const old = row.formats[column] ?? 0;
    setFormatId(edit.book, row, column, edit.book.withValidation(old, readValidation(data)));
  }
  if (mask.format) {
    const old = row.formats[column] ?? 0;
    const format = data?.['userEnteredFormat'];
    if (old === 0 && format === undefined) return;
    setFormatId(edit.book, row, column, updatedFormatId(edit, old, format, mask.format));
  }
};
