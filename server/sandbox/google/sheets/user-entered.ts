/** What Sheets makes of typed text: formulas, numbers, percentages, money, dates, booleans, else the text itself. */
import { dateSerial } from './date-pattern.ts';
import type { CellFormat, CellValue } from './model.ts';

export interface Entered {
  value: CellValue | undefined;
  /** A number format that the typing implies when the cell has none. */
  format?: CellFormat;
}

const format = (type: string, pattern: string): CellFormat => ({ numberFormat: { type, pattern } });

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `locale` decides whether 3/4/2026 is in March or April. A leading apostrophe keeps text as text. */
export const parseEntered = (text: string, locale: string): Entered => {
  if (text === '') return { value: undefined };
  if (text.startsWith("'")) return { value: text.slice(1) };
  if (text.startsWith('=') && text.length > 1) return { value: { formula: text } };
  const typed = text.trim();
  if (/^true$/i.test(typed)) return { value: true };
  if (/^false$/i.test(typed)) return { value: false };
  return parseNumber(typed) ?? parseDate(typed, locale) ?? { value: text };
};

const parseNumber = (typed: string): Entered | undefined => {
  const match =
    /^(?<sign>[-+]?)(?<money>[$£€¥]?)(?<whole>\d{1,3}(?:,\d{3})+|\d*)(?<fraction>\.\d*)?(?<power>[eE][-+]?\d+)?(?<percent>%?)$/.exec(
      typed,
    );
  const part = match?.groups;
  if (!part || !/\d/.test(`${part['whole']}${part['fraction'] ?? ''}`)) return undefined;
  const plain = `${part['sign']}${(part['whole'] ?? '').replaceAll(',', '') || '0'}${part['fraction'] ?? ''}`;
  const number = Number(`${plain}${part['power'] ?? ''}`);
  if (!Number.isFinite(number)) return undefined;
  const hasFraction = /\.\d/.test(part['fraction'] ?? '');
  if (part['percent'])
    return { value: number / 100, format: format('PERCENT', hasFraction ? '0.00%' : '0%') };
  if (part['money']) {
    return {
      value: number,
      format: format('CURRENCY', `"${part['money']}"#,##0${hasFraction ? '.00' : ''}`),
    };
  }
  if (part['whole']?.includes(','))
    return { value: number, format: format('NUMBER', hasFraction ? '#,##0.00' : '#,##0') };
  if (part['power']) return { value: number, format: format('SCIENTIFIC', '0.00E+00') };
  return { value: number };
};

const readTime = (text: string): number | undefined => {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(am|pm)?$/i.exec(text);
  if (!match) return undefined;
  const [, hours = '0', minutes = '0', seconds = '0', half] = match;
  const hour = half ? (Number(hours) % 12) + (/pm/i.test(half) ? 12 : 0) : Number(hours);
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  return (hour * 3600 + Number(minutes) * 60 + Number(seconds)) / 86_400;
};

const readDay = (text: string, locale: string): { serial: number; pattern: string } | undefined => {
  const found = (serial: number | undefined, pattern: string) =>
    serial === undefined ? undefined : { serial, pattern };
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return found(dateSerial(Number(iso[1]), Number(iso[2]), Number(iso[3])), 'yyyy-mm-dd');
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (slashed) {
    const isMonthFirst = locale.startsWith('en_US');
    const [first, second] = [Number(slashed[1]), Number(slashed[2])];
    const [month, day] = isMonthFirst ? [first, second] : [second, first];
    return found(dateSerial(Number(slashed[3]), month, day), isMonthFirst ? 'm/d/yyyy' : 'dd/mm/yyyy');
  }
  const worded = /^(\d{1,2})[ -]([a-z]{3})[a-z]*[ -](\d{4})$/i.exec(text);
  if (!worded) return undefined;
  const month = MONTHS.indexOf((worded[2] ?? '').toLowerCase()) + 1;
  return month === 0
    ? undefined
    : found(dateSerial(Number(worded[3]), month, Number(worded[1])), 'd mmm yyyy');
};

const parseDate = (typed: string, locale: string): Entered | undefined => {
  const time = readTime(typed);
  if (time !== undefined) return { value: time, format: format('TIME', 'h:mm:ss am/pm') };
  const [, dayText = typed, timeText] = /^(.+?)[T ](\d{1,2}:\d{2}.*)$/.exec(typed) ?? [];
  const day = readDay(dayText, locale);
  if (!day) return undefined;
  if (timeText === undefined) return { value: day.serial, format: format('DATE', day.pattern) };
  const clock = readTime(timeText);
  if (clock === undefined) return undefined;
  return { value: day.serial + clock, format: format('DATE_TIME', `${day.pattern} h:mm:ss`) };
};
