/** What state an exporter is in, always as colour, icon and word together. */
import type { JSX } from 'preact';
import type { ExporterView } from '../contract/exporter.ts';
import { Icon, type IconName } from './icon.tsx';

export type StatusKind = 'ok' | 'working' | 'waiting' | 'needs-you' | 'failed' | 'paused' | 'new';

const shown: Record<StatusKind, { word: string; icon: IconName }> = {
  ok: { word: 'Up to date', icon: 'check' },
  working: { word: 'Working', icon: 'working' },
  waiting: { word: 'Waiting', icon: 'clock' },
  'needs-you': { word: 'Needs you', icon: 'warning' },
  failed: { word: 'Failed', icon: 'failed' },
  paused: { word: 'Paused', icon: 'paused' },
  new: { word: 'Not run yet', icon: 'dot' },
};

export function statusOf(exporter: ExporterView): StatusKind {
  const active = exporter.activeRun;
  if (active !== null) return active.status === 'waiting' ? 'waiting' : 'working';
  if (exporter.status === 'paused') return 'paused';
  if (exporter.status === 'needs-reconnect' || exporter.status === 'needs-file') return 'needs-you';
  const last = exporter.lastRun;
  if (last === null) return 'new';
  if (last.status === 'failed') return last.error?.button ? 'needs-you' : 'failed';
  if (last.status === 'succeeded-with-gaps') return 'needs-you';
  return exporter.published === null ? 'new' : 'ok';
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
