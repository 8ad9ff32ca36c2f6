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

/**
 * Names what a call is for: the same words as long as its answer is wanted and would mean the same, whichever unit or attempt
 * asks. Undefined: not wanted, or not any more.
 */
export function keyOf(read: Read, checkpoint: PullCheckpoint): string | undefined {
  if (read.kind === 'report') {
    const rounds = checkpoint.reports[read.id]?.rounds;
    return rounds === undefined ? undefined : JSON.stringify([read.id, rounds]);
  }
  const progress = checkpoint.resources[read.resource];
  if (progress === undefined) return undefined;
  const { stage, mode, attempt, since, begunThere } = progress;
  if (read.call.kind === 'lookup') {
    const isWanted = stage === 'lookups' && progress.lost.includes(read.call.id);
    return isWanted ? JSON.stringify([read.resource, read.call.id, attempt]) : undefined;
  }
  const { list: at, page } = read.call;
  const list = progress.lists[at];
  if (list === undefined || (stage !== 'pages' && stage !== 'pass') || list.pages.includes(page))
    return undefined;
  const reading = [mode, stage, attempt, since, begunThere, list.hasReturned];
  return JSON.stringify([read.resource, ...reading, list.from, list.before, page]);
}

/** The same call where its list stands now: a list that was cut in two moved those behind it. */
export function readNow(read: Read, key: string, checkpoint: PullCheckpoint): Read | undefined {
  if (keyOf(read, checkpoint) === key) return read;
  if (read.kind !== 'list' || read.call.kind !== 'page') return undefined;
  const { resource, call } = read;
  const lists = checkpoint.resources[resource]?.lists ?? [];
  return lists
    .map((_, list): Read => ({ kind: 'list', resource, call: { ...call, list } }))
    .find((moved) => keyOf(moved, checkpoint) === key);
}

/** What is read, in people's words. */
export function labelOf(read: Read, checkpoint: PullCheckpoint): string {
  if (read.kind === 'list') return resourceNamed(read.resource).label.toLowerCase();
  const report = checkpoint.reports[read.id]?.report;
  return report === undefined ? 'reports' : reportNamed(report).label.toLowerCase();
}
