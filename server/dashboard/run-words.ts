/** How a run ended and how long it took, in words. */
import type { RunView } from '../../shared/contract/run.ts';
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

/** "0.8 s", "12 s", "3 min 20 s"; empty while it has not ended. */
export function saySeconds(run: RunView): string {
  if (run.startedAt === null || run.endedAt === null) return '';
  const seconds = (Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}
