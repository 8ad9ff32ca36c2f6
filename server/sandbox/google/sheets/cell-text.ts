/** How a cell's result is shown: number formats of Sheets' pattern language (guide "Date & number formats", 2026). */

import { formatDate } from './date-pattern.ts';
import type { CellFormat, Result } from './model.ts';
import { isError } from './model.ts';

interface NumberFormat {
  type?: string;
  pattern?: string;
}

const DEFAULT_PATTERNS: Record<string, string> = {
  NUMBER: '#,##0.00',
  PERCENT: '0.00%',
  CURRENCY: '"$"#,##0.00',
  DATE: 'yyyy-mm-dd',
  TIME: 'h:mm:ss am/pm',
  DATE_TIME: 'yyyy-mm-dd h:mm:ss',
  SCIENTIFIC: '0.00E+00',
  TEXT: '@',
};

export const numberFormatOf = (format: CellFormat): NumberFormat =>
  (format['numberFormat'] as NumberFormat | undefined) ?? {};

/** Whether a number under this format is a date or a time. */
export const isDateFormat = (format: CellFormat): boolean =>
  ['DATE', 'TIME', 'DATE_TIME'].includes(numberFormatOf(format).type ?? '');

/** `formattedValue`: empty text for an empty cell. */
export const cellText = (result: Result, format: CellFormat): string => {
  if (result === undefined) return '';
  if (isError(result)) return result.error;
  if (typeof result === 'boolean') return result ? 'TRUE' : 'FALSE';
  if (typeof result === 'string') return result;
  const { type, pattern } = numberFormatOf(format);
  const used = pattern || (type ? DEFAULT_PATTERNS[type] : undefined);
  if (!used || used === '@' || /^general$/i.test(used)) return general(result);
  return isDateFormat(format) ? formatDate(result, used) : formatNumber(result, used);
};

/** Fifteen digits at most, as the grid shows a number without a format. */
const general = (number: number): string => {
  if (Number.isInteger(number) && Math.abs(number) < 1e15) return String(number === 0 ? 0 : number);
  const short = Number(number.toPrecision(15));
  const size = Math.abs(short);
  if (size !== 0 && (size >= 1e15 || size < 1e-6)) {
    return short
      .toExponential()
      .replace('e', 'E')
      .replace(/E([+-])(\d)$/, 'E$10$2');
  }
  return String(Number(short.toPrecision(size < 1 ? 10 : 15)));
};

const splitSections = (pattern: string): string[] =>
  pattern.match(/(?:"[^"]*"|\\.|[^;])+|(?<=;)(?=;|$)/g) ?? [pattern];

const formatNumber = (number: number, pattern: string): string => {
  const sections = splitSections(pattern);
  const [positive = '', negative, zero] = sections;
  if (number === 0 && zero !== undefined) return fill(0, zero);
  if (number < 0 && negative !== undefined) return fill(-number, negative);
  if (number >= 0) return fill(number, positive);
  const text = fill(-number, positive);
  return /[1-9]/.test(text) ? `-${text}` : text;
};

/** Fills one section: literals stay, the run of `#`, `0`, `,`, `.` and `?` becomes the number. */
const fill = (number: number, section: string): string => {
  const plain = section
    .replace(/\[\$([^\]-]*)(?:-[^\]]*)?\]/g, '"$1"')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/_.|\*./g, ' ');
  const parts: string[] = plain.match(/"[^"]*"|\\.|[#0?][#0?,.]*(?:E[+-]?0+)?|\.[#0?]+|./gs) ?? [];
  const isPercent = parts.includes('%');
  let isFilled = false;
  return parts
    .map((part) => {
      if (part.startsWith('"')) return part.slice(1, -1);
      if (part.startsWith('\\')) return part.slice(1);
      if (!/^[#0?.]*[#0?]/.test(part) || isFilled) return part;
      isFilled = true;
      return digits(isPercent ? number * 100 : number, part);
    })
    .join('');
};

const digits = (number: number, mask: string): string => {
  const [mantissa = '', exponent] = mask.split(/E[+-]?/);
  const [whole = '', fraction = ''] = mantissa.split('.');
  const most = fraction.replace(/[^#0?]/g, '').length;
  const least = fraction.replace(/[^0]/g, '').length;
  if (exponent !== undefined) {
    const [head = '', power = '0'] = number.toExponential(most).split('e');
    const sign = power.startsWith('-') ? '-' : '+';
    return `${head}E${sign}${power.replace(/^[+-]/, '').padStart(exponent.length, '0')}`;
  }
  const rounded = roundHalfUp(number, most);
  const [left = '0', right = ''] = rounded.split('.');
  const kept = right.replace(/0+$/, '').padEnd(least, '0');
  const zeros = whole.replace(/[^0]/g, '').length;
  const padded = (left === '0' && zeros === 0 ? '' : left).padStart(zeros, '0');
  const grouped = whole.includes(',') ? padded.replace(/\B(?=(\d{3})+$)/g, ',') : padded;
  return kept
    ? `${grouped}.${kept}`
    : grouped + (mantissa.includes('.') && least === 0 && most === 0 ? '.' : '');
};

/** By the number's shortest decimal text, so that 1.005 shows as 1.01, as in Sheets. */
const roundHalfUp = (number: number, places: number): string => {
  const text = String(number);
  if (text.includes('e')) return number.toFixed(Math.min(places, 100));
  const scaled = Math.round(Number(`${text}e${places}`));
  if (!Number.isSafeInteger(scaled)) return number.toFixed(places);
  const all = String(scaled).padStart(places + 1, '0');
  return places === 0 ? all : `${all.slice(0, -places)}.${all.slice(-places)}`;
};
