/** BooleanCondition: its message checked, and whether a value meets it (reference "ConditionType", 2026). */
import * as z from 'zod';
import { invalidArgument } from '../google-api-error.ts';
import { parseWire } from '../wire-error.ts';
import { compareScalars } from './formula/evaluate.ts';
import { isError, isFormula, type Result, type Scalar } from './model.ts';
import { parseEntered } from './user-entered.ts';

/** How many values each kind takes. */
const VALUES: Record<string, readonly [number, number]> = {
  NUMBER_GREATER: [1, 1],
  NUMBER_GREATER_THAN_EQ: [1, 1],
  NUMBER_LESS: [1, 1],
  NUMBER_LESS_THAN_EQ: [1, 1],
  NUMBER_EQ: [1, 1],
  NUMBER_NOT_EQ: [1, 1],
  NUMBER_BETWEEN: [2, 2],
  NUMBER_NOT_BETWEEN: [2, 2],
  TEXT_CONTAINS: [1, 1],
  TEXT_NOT_CONTAINS: [1, 1],
  TEXT_STARTS_WITH: [1, 1],
  TEXT_ENDS_WITH: [1, 1],
  TEXT_EQ: [1, 1],
  TEXT_IS_EMAIL: [0, 0],
  TEXT_IS_URL: [0, 0],
  DATE_EQ: [1, 1],
  DATE_BEFORE: [1, 1],
  DATE_AFTER: [1, 1],
  DATE_ON_OR_BEFORE: [1, 1],
  DATE_ON_OR_AFTER: [1, 1],
  DATE_BETWEEN: [2, 2],
  DATE_NOT_BETWEEN: [2, 2],
  DATE_IS_VALID: [0, 0],
  ONE_OF_RANGE: [1, 1],
  ONE_OF_LIST: [1, Number.POSITIVE_INFINITY],
  BLANK: [0, 0],
  NOT_BLANK: [0, 0],
  CUSTOM_FORMULA: [1, 1],
  BOOLEAN: [0, 2],
  TEXT_NOT_EQ: [1, Number.POSITIVE_INFINITY],
  DATE_NOT_EQ: [1, Number.POSITIVE_INFINITY],
  FILTER_EXPRESSION: [1, 1],
};

const conditionSchema = z.strictObject({
  type: z.string().optional(),
  values: z
    .array(z.strictObject({ userEnteredValue: z.string().optional(), relativeDate: z.string().optional() }))
    .optional(),
});

export const validationRuleSchema = z.strictObject({
  condition: z.record(z.string(), z.unknown()),
  inputMessage: z.string().optional(),
  strict: z.boolean().optional(),
  showCustomUi: z.boolean().optional(),
});

/** 400 for a kind that there is not, or the wrong number of values. */
export const assertCondition = (wire: unknown): void => {
  const { type = '', values = [] } = parseWire(conditionSchema, wire, 'condition');
  const range = Object.hasOwn(VALUES, type) ? VALUES[type] : undefined;
  if (!range) {
    throw invalidArgument(
      `Invalid value at 'condition.type' (type.googleapis.com/google.apps.sheets.v4.ConditionType), ${JSON.stringify(type)}`,
    );
  }
  if (values.length < range[0] || values.length > range[1]) {
    throw invalidArgument(
      `BooleanCondition.type ${type} requires exactly ${range[0]} ConditionValues, but ${values.length} were supplied.`,
    );
  }
};

const typed = (text: string): Scalar | undefined => {
  const { value } = parseEntered(text, 'en_US');
  return value === undefined || isFormula(value) || isError(value) ? undefined : value;
};

const inOrder = (value: Result, low: Scalar | undefined, high: Scalar | undefined): boolean =>
  typeof value === 'number' &&
  typeof low === 'number' &&
  typeof high === 'number' &&
  value >= low &&
  value <= high;

/** Whether a cell that shows `text` meets the condition; what needs formulas or other cells always passes. */
export const meetsCondition = (wire: unknown, value: Result, text: string): boolean => {
  const { type = '', values = [] } = parseWire(conditionSchema, wire, 'condition');
  const wanted = values.map(({ userEnteredValue = '' }) => userEnteredValue);
  const [first = '', second = ''] = wanted;
  const lower = text.toLowerCase();
  const [a, b] = [typed(first), typed(second)];
  const order = typeof value === 'number' && typeof a === 'number' ? compareScalars(value, a) : Number.NaN;
  switch (type) {
    case 'NUMBER_GREATER':
    case 'DATE_AFTER':
      return order > 0;
    case 'NUMBER_GREATER_THAN_EQ':
    case 'DATE_ON_OR_AFTER':
      return order >= 0;
    case 'NUMBER_LESS':
    case 'DATE_BEFORE':
      return order < 0;
    case 'NUMBER_LESS_THAN_EQ':
    case 'DATE_ON_OR_BEFORE':
      return order <= 0;
    case 'NUMBER_EQ':
    case 'DATE_EQ':
      return order === 0;
    case 'NUMBER_NOT_EQ':
    case 'DATE_NOT_EQ':
      return order !== 0;
    case 'NUMBER_BETWEEN':
    case 'DATE_BETWEEN':
      return inOrder(value, a, b);
    case 'NUMBER_NOT_BETWEEN':
    case 'DATE_NOT_BETWEEN':
      return typeof value === 'number' && !inOrder(value, a, b);
    case 'TEXT_CONTAINS':
      return lower.includes(first.toLowerCase());
    case 'TEXT_NOT_CONTAINS':
      return !lower.includes(first.toLowerCase());
    case 'TEXT_STARTS_WITH':
      return lower.startsWith(first.toLowerCase());
    case 'TEXT_ENDS_WITH':
      return lower.endsWith(first.toLowerCase());
    case 'TEXT_EQ':
      return lower === first.toLowerCase();
    case 'TEXT_NOT_EQ':
      return wanted.every((one) => lower !== one.toLowerCase());
    case 'TEXT_IS_EMAIL':
      return /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text);
    case 'TEXT_IS_URL':
      return URL.canParse(text);
    case 'DATE_IS_VALID':
      return typeof value === 'number';
    case 'ONE_OF_LIST':
      return wanted.includes(text);
    case 'BLANK':
      return text === '';
    case 'NOT_BLANK':
      return text !== '';
    case 'BOOLEAN':
      return wanted.length > 0 ? wanted.includes(text) : typeof value === 'boolean';
    default:
      return true;
  }
};
