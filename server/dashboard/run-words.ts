/** How a run ended and how long it took, in words. */
import type { RunView } from '../../shared/contract/run.ts';
import { fieldWords } from '../../shared/field-words.ts';
import { sayCount } from '../../shared/ui/when.ts';

const outcomes: Record<RunView['status'], string> = {
  queued: 'Starting',
  running: 'Working',
  waiting: 'Waiting',
  succeeded: 'Succeeded',
  'succeeded-with-gaps': 'Succeeded with gaps',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

export const sayOutcome = (run: RunView): string => outcomes[run.status];

const gapReasons: Record<RunView['gaps'][number]['reason'], string> = {
  'unreadable-record': 'could not be read; kept as Xero sent it',
  'unreadable-value': 'holds a value that is not what its column says; left empty',
  'no-permission': 'may not be read by the Xero user who connected',
  'scope-missing': 'was not allowed when Xero was connected',
  'not-available': 'is not available in this organisation',
  'unsettled-totals': 'kept changing while it was read',
};

export const sayGap = ({ what, reason, count }: RunView['gaps'][number]): string =>
  `${what} ${gapReasons[reason]}${count > 1 ? ` (${sayCount(count)} times)` : ''}.`;

/** What Xero sent for the first time, a sentence for each kind of record: fields that can be added, then values. */
export function sayNews(news: RunView['news']): string[] {
  const kinds = [...new Set(news.map(({ what }) => what))];
  return kinds.flatMap((what) => {
    const of = news.filter((one) => one.what === what);
    const isList = ({ path }: RunView['news'][number]): boolean => path.startsWith('^');
    const lists = of.filter(isList).map(({ path }) => fieldWords(path.slice(1)));
    const fields = of.flatMap((one) => (one.value === null && !isList(one) ? fieldWords(one.path) : []));
    const values = of.flatMap(({ path, value }) => (value === null ? [] : `${value} (${fieldWords(path)})`));
    const to = fields.length === 1 ? 'Add it as a column' : 'Add them as columns';
    return [
      ...(fields.length === 0
        ? []
        : [
            `Xero sent ${newThings(fields.length, 'field')} for ${what}: ${shown(fields)}. ${to} under Edit.`,
          ]),
      ...(values.length === 0
        ? []
        : [`Xero sent ${newThings(values.length, 'value')} for ${what}: ${shown(values)}.`]),
      ...(lists.length === 0
        ? []
        : [`Xero sent ${newThings(lists.length, 'list')} beside ${what}, kept as sent: ${shown(lists)}.`]),
    ];
  });
}

const newThings = (count: number, thing: string): string =>
  count === 1 ? `a new ${thing}` : `${sayCount(count)} new ${thing}s`;

const mostShown = 5;
const shown = (names: readonly string[]): string =>
  names.length <= mostShown
    ? names.join(', ')
    : `${names.slice(0, mostShown).join(', ')} and ${sayCount(names.length - mostShown)} more`;

/** "0.8 s", "12 s", "3 min 20 s"; empty while it has not ended. */
export function saySeconds(run: RunView): string {
  if (run.startedAt === null || run.endedAt === null) return '';
  const seconds = (Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}
