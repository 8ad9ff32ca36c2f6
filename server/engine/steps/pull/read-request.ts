/** What a pull asks of Xero, and the request that asks it. */
import { isoOf } from '../../../domain/dates.ts';
import { whereOf } from '../../../domain/paging.ts';
import type { Call } from '../../../domain/pull-progress.ts';
import type { XeroRequest } from '../../../ports.ts';
import { reportNamed, resourceNamed } from '../../../resources/index.ts';
import type { PullCheckpoint } from './pull-input.ts';

export type Read = { kind: 'list'; resource: string; call: Call } | { kind: 'report'; id: string };

export function requestOf(read: Read, checkpoint: PullCheckpoint): XeroRequest {
  if (read.kind === 'report') {
    const report = checkpoint.reports[read.id];
    return { path: report?.path ?? '', query: report?.query ?? {} };
  }
  const { path, query, paging, windowField } = resourceNamed(read.resource);
  if (read.call.kind === 'lookup') return { path: `${path}/${read.call.id}`, query: { ...query } };
  const progress = checkpoint.resources[read.resource];
  const list = progress?.lists[read.call.list];
  const since = progress?.since ?? null;
  const where = list === undefined || windowField === undefined ? '' : whereOf(list, windowField);
  return {
    path,
    query: {
      ...query,
      ...(paging.kind === 'whole' ? {} : { page: String(read.call.page), pageSize: '1000' }),
      ...(paging.kind === 'by-id' ? { order: `${paging.order} ASC` } : {}),
      ...(where === '' ? {} : { where }),
    },
    // The header has whole seconds: never a later one.
    ...(since === null ? {} : { modifiedSince: isoOf(Math.floor(since / 1000) * 1000) }),
  };
}

/** What is read, in people's words. */
export function labelOf(read: Read, checkpoint: PullCheckpoint): string {
  if (read.kind === 'list') return resourceNamed(read.resource).label.toLowerCase();
  const report = checkpoint.reports[read.id]?.report;
  return report === undefined ? 'reports' : reportNamed(report).label.toLowerCase();
}
