/** What state an exporter is in, always as colour, icon and word together. */
import type { JSX } from 'preact';
import type { ExporterView } from '../contract/exporter.ts';
import { Icon, type IconName } from './icon.tsx';

export type StatusKind =
  | 'ok'
  | 'working'
  | 'waiting'
  | 'needs-you'
  | 'failed'
  | 'paused'
  | 'cancelled'
  | 'ready'
  | 'new';

const shown: Record<StatusKind, { word: string; icon: IconName }> = {
  ok: { word: 'Up to date', icon: 'check' },
  working: { word: 'Working', icon: 'working' },
  waiting: { word: 'Waiting', icon: 'clock' },
  'needs-you': { word: 'Needs you', icon: 'warning' },
  failed: { word: 'Failed', icon: 'failed' },
  paused: { word: 'Paused', icon: 'paused' },
  cancelled: { word: 'Cancelled', icon: 'stop' },
  ready: { word: 'Ready to run', icon: 'play' },
  new: { word: 'Not run yet', icon: 'dot' },
};

/** Failures that end by themselves once access is given again: the exporter is active, only its last run is not good. */
const mendedByAccess = [
  'NEEDS_RECONNECT',
  'SCOPE_MISSING',
  'XERO_PERMISSION',
  'NEEDS_GOOGLE',
  'NEEDS_FILE',
  'WRITER_LEFT',
  'SHEET_MISSING',
];

export const isMended = (exporter: ExporterView): boolean =>
  exporter.status === 'active' &&
  exporter.activeRun === null &&
  exporter.lastRun?.status === 'failed' &&
  mendedByAccess.includes(exporter.lastRun.error?.code ?? '');

export function statusOf(exporter: ExporterView): StatusKind {
  const active = exporter.activeRun;
  if (active !== null) return active.status === 'waiting' ? 'waiting' : 'working';
  if (exporter.status === 'paused') return 'paused';
  if (exporter.status === 'needs-reconnect' || exporter.status === 'needs-file') return 'needs-you';
  const last = exporter.lastRun;
  if (last === null) return 'new';
  if (isMended(exporter)) return 'ready';
  if (last.status === 'failed') return last.error?.button ? 'needs-you' : 'failed';
  if (last.status === 'cancelled') return 'cancelled';
  if (last.status === 'succeeded-with-gaps') return 'needs-you';
  return exporter.published === null ? 'new' : 'ok';
}

/** When the rows in the tab were last known to be right: a run that found nothing to change confirms them as well. */
export function rightAt({ published, lastRun }: ExporterView): string | null {
  if (published === null) return null;
  const hasConfirmed = lastRun?.status === 'succeeded' || lastRun?.status === 'succeeded-with-gaps';
  const confirmedAt = hasConfirmed ? lastRun.endedAt : null;
  return confirmedAt !== null && confirmedAt > published.at ? confirmedAt : published.at;
}

export function StatusChip({ kind }: { kind: StatusKind }): JSX.Element {
  const { word, icon } = shown[kind];
  return (
    <span class={`chip chip-${kind}`}>
      <Icon name={icon} size={14} />
      {word}
    </span>
  );
}
