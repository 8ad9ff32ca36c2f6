/** What a call that failed tells of the books: something may not be read, a record is gone, a list is too large. */
import { dateOfInstant } from '../../../domain/dates.ts';
import { splitList } from '../../../domain/paging.ts';
import type { ProgressOfResource } from '../../../domain/pull-progress.ts';
import { FoliokeepError } from '../../../errors.ts';
import { resourceNamed } from '../../../resources/index.ts';
import { type Resource, reportsPermission } from '../../../resources/resource.ts';
import { afterGone } from './look-up.ts';
import { leftOut, missingSchema, type PullCheckpoint, withProgress } from './pull-input.ts';
import type { Pulling } from './pull-ports.ts';
import { labelOf, type Read } from './read-request.ts';

/** Xero took the call, though its answer was a refusal. */
export const isAnswered = (error: unknown): boolean =>
  error instanceof FoliokeepError &&
  ['NOT_FOUND', 'SCOPE_MISSING', 'XERO_PERMISSION', 'XERO_REFUSED'].includes(error.code);

/** The checkpoint with what it tells; undefined when it tells nothing: the call has to be made again. */
export async function afterFailure(
  pulling: Pulling,
  checkpoint: PullCheckpoint,
  read: Read,
  error: unknown,
): Promise<PullCheckpoint | undefined> {
  if (!(error instanceof FoliokeepError)) return undefined;
  const name = read.kind === 'report' ? (checkpoint.reports[read.id]?.report ?? '') : read.resource;
  if (error.code === 'SCOPE_MISSING' || error.code === 'XERO_PERMISSION') {
    const details = { ...error.details, what: labelOf(read, checkpoint), ...accessOf(read) };
    const missing = missingSchema.parse({ at: pulling.ports.clock.now(), code: error.code, details });
    return leftOut(checkpoint, name, missing);
  }
  if (read.kind === 'report') return undefined;
  const progress = checkpoint.resources[name];
  if (progress === undefined) return undefined;
  if (error.code === 'NOT_FOUND' && read.call.kind === 'lookup')
    return withProgress(checkpoint, name, await afterGone(pulling, name, progress, read.call.id));
  if (error.code === 'XERO_REFUSED' && read.call.kind === 'page')
    return afterRefusal(checkpoint, resourceNamed(name), progress, read.call.list, pulling.ports.clock.now());
  return undefined;
}

/** Lists over 100,000 records are refused; their windows of dates are not (xero-api.md 3.1, high-volume rule). */
function afterRefusal(
  checkpoint: PullCheckpoint,
  resource: Resource,
  progress: ProgressOfResource,
  at: number,
  now: number,
): PullCheckpoint | undefined {
  const list = progress.lists[at];
  if (list === undefined || list.pageCount !== null || resource.windowField === undefined) return undefined;
  const windows = splitList(list, dateOfInstant(now));
  if (windows === null) return undefined;
  const lists = [...progress.lists.slice(0, at), ...windows, ...progress.lists.slice(at + 1)];
  return withProgress(checkpoint, resource.name, { ...progress, lists });
}

/** What its reader must have beside a role, where Xero gives that apart. */
function accessOf(read: Read): { access?: string } {
  const access = read.kind === 'report' ? reportsPermission : resourceNamed(read.resource).permission;
  return access === undefined ? {} : { access };
}
