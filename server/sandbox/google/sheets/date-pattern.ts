/** Serial dates (days since 1899-12-30; 1900-01-01 = 2, google-platform.md section 5.4) and how they are shown. */

const DAY_MS = 86_400_000;
const EPOCH_MS = Date.UTC(1899, 11, 30);
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** Serial of a calendar date; undefined when there is no such date. */
export const dateSerial = (year: number, month: number, day: number): number | undefined => {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return Math.round((date.getTime() - EPOCH_MS) / DAY_MS);
};

/** The instant, in UTC, whose calendar reads as the serial does. */
export const serialDate = (serial: number): Date => new Date(EPOCH_MS + Math.round(serial * DAY_MS));

/** An instant as the serial that a clock on the wall of that zone shows; UTC for a zone that there is not. */
export const localSerial = (instantMs: number, timeZone: string): number => {
  const parts = zoneFormat(timeZone).formatToParts(instantMs);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? 0);
  const day = dateSerial(part('year'), part('month'), part('day')) ?? 0;
  return day + (part('hour') * 3600 + part('minute') * 60 + part('second')) / 86_400;
};

const zoneFormat = (timeZone: string): Intl.DateTimeFormat => {
  const fields = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit' } as const;
  const make = (zone: string) =>
    new Intl.DateTimeFormat('en-GB', {
      ...fields,
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZone: zone,
    });
  return Intl.supportedValuesOf('timeZone').includes(timeZone) ? make(timeZone) : make('UTC');
};

const two = (number: number): string => String(number).padStart(2, '0');

/** Shows a serial by a pattern such as `yyyy-mm-dd` or `d mmm yyyy h:mm am/pm`. */
export const formatDate = (serial: number, pattern: string): string => {
  const date = serialDate(serial);
  const tokens = pattern.match(/"[^"]*"|\\.|\[[^\]]*\]|am\/pm|a\/p|y+|m+|d+|h+|s+(?:\.0+)?|./gis) ?? [];
  const isTwelveHour = tokens.some((token) => /^(am\/pm|a\/p)$/i.test(token));
  const hours = date.getUTCHours();
  const shownHours = isTwelveHour ? hours % 12 || 12 : hours;
  const month = MONTHS[date.getUTCMonth()] ?? '';
  const weekday = DAYS[date.getUTCDay()] ?? '';

  /** `m` is minutes after hours or before seconds, else months. */
  const isMinutes = (at: number): boolean => {
    const neighbours = (step: number): string => {
      for (let index = at + step; index >= 0 && index < tokens.length; index += step) {
        const token = tokens[index] ?? '';
        if (/^[ymdhs]/i.test(token)) return token.charAt(0).toLowerCase();
      }
      return '';
    };
    return neighbours(-1) === 'h' || neighbours(1) === 's';
  };

  return tokens
    .map((token, at) => {
      const letter = token.charAt(0).toLowerCase();
      if (token.startsWith('"')) return token.slice(1, -1);
      if (token.startsWith('\\')) return token.slice(1);
      if (/^am\/pm$/i.test(token)) return hours < 12 ? 'AM' : 'PM';
      if (/^a\/p$/i.test(token)) return hours < 12 ? 'A' : 'P';
      switch (letter) {
        case 'y':
          return token.length <= 2 ? two(date.getUTCFullYear() % 100) : String(date.getUTCFullYear());
        case 'm':
          if (isMinutes(at))
            return token.length > 1 ? two(date.getUTCMinutes()) : String(date.getUTCMinutes());
          if (token.length === 1) return String(date.getUTCMonth() + 1);
          if (token.length === 2) return two(date.getUTCMonth() + 1);
          return token.length === 3 ? month.slice(0, 3) : token.length === 4 ? month : month.charAt(0);
        case 'd':
          if (token.length === 1) return String(date.getUTCDate());
          if (token.length === 2) return two(date.getUTCDate());
          return token.length === 3 ? weekday.slice(0, 3) : weekday;
        case 'h':
          return token.length > 1 ? two(shownHours) : String(shownHours);
        case 's': {
          const places = token.split('.')[1]?.length ?? 0;
          const fraction =
            places > 0
              ? `.${String(date.getUTCMilliseconds()).padStart(3, '0').padEnd(places, '0').slice(0, places)}`
              : '';
          return (/^ss/i.test(token) ? two(date.getUTCSeconds()) : String(date.getUTCSeconds())) + fraction;
        }
        case '[':
          return '';
        default:
          return token;
      }
    })
    .join('');
};
