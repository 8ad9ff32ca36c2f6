/** Times and amounts as people say them, in the browser's own zone. */

const dayMs = 86_400_000;

/** "Today 06:00 (Auckland)", "Yesterday 18:20 (London)", "3 March 09:15 (London)". */
export function sayWhen(
  iso: string,
  now: Date,
  timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone,
): string {
  const at = new Date(iso);
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(at);
  return `${sayDay(at, now, timeZone)} ${time} (${cityOf(timeZone)})`;
}

/** The same inside a sentence: "today 06:00 (Auckland)". Names of months keep their capital. */
export const sayWhenWithin = (iso: string, now: Date, timeZone?: string): string =>
  sayWhen(iso, now, timeZone).replace(/^(Today|Yesterday|Tomorrow)/, (day) => day.toLowerCase());

function sayDay(at: Date, now: Date, timeZone: string): string {
  const day = (moment: Date) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(moment);
  if (day(at) === day(now)) return 'Today';
  if (day(at) === day(new Date(now.getTime() - dayMs))) return 'Yesterday';
  if (day(at) === day(new Date(now.getTime() + dayMs))) return 'Tomorrow';
  const isThisYear = day(at).slice(0, 4) === day(now).slice(0, 4);
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' }),
    timeZone,
  }).format(at);
}

const cityOf = (timeZone: string): string => (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');

/** "12,000", "1 row", "498 rows". */
export const sayCount = (count: number, one?: string, many?: string): string => {
  const number = count.toLocaleString('en-GB');
  if (one === undefined) return number;
  return `${number} ${count === 1 ? one : (many ?? `${one}s`)}`;
};
