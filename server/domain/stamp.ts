/** The stamp: the note on the first header cell that says when the rows are from, and which cells were put back. */
import { DateTime } from 'luxon';

const OPENING = 'Updated by Foliokeep ';
/** More cells than this are counted, not named. */
const MOST_NAMED = 12;

export function stampText(input: {
  at: number;
  timeZone: string;
  rows: number;
  organisation: string;
  putBack: readonly string[];
}): string {
  const zoned = DateTime.fromMillis(input.at, { zone: input.timeZone });
  const [clock, zone] = zoned.isValid
    ? [zoned, input.timeZone]
    : [DateTime.fromMillis(input.at, { zone: 'utc' }), 'UTC'];
  const count = new Intl.NumberFormat('en-GB').format(input.rows);
  const parts = [
    `${OPENING}${clock.setLocale('en-GB').toFormat('d LLL yyyy HH:mm')} (${zone})`,
    `${count} ${input.rows === 1 ? 'row' : 'rows'}`,
    input.organisation,
  ];
  if (input.putBack.length > 0) parts.push(`put back after an edit while writing: ${named(input.putBack)}`);
  return parts.filter((part) => part !== '').join(' · ');
}

/** The note with this stamp in place of an older one; what people wrote themselves stays. */
export const withStamp = (note: string, stamp: string): string =>
  [withoutStamp(note), stamp].filter((part) => part !== '').join('\n');

/** What people wrote themselves. */
export function withoutStamp(note: string): string {
  if (!note.includes(OPENING)) return note.trimEnd() === '' ? '' : note;
  const lines = note.split('\n').filter((line) => !line.startsWith(OPENING));
  while (lines.length > 0 && lines.at(-1)?.trim() === '') lines.pop();
  return lines.join('\n');
}

function named(cells: readonly string[]): string {
  const more = cells.length - MOST_NAMED;
  const shown = cells.slice(0, MOST_NAMED).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}
