/** A run as people see it. */
import type { RunView } from '../../shared/contract/run.ts';
import { hasEnded, type Run, type RunError } from '../domain/run.ts';
import { type ErrorCode, errorTable, sentenceOf } from '../errors.ts';

/** Sentences and buttons come from the error table; a due time is shown only while the run waits for it. */
export const viewOfRun = (id: string, run: Run): RunView => ({
  id,
  exporterId: run.exporterId,
  status: run.status,
  trigger: run.trigger,
  requestedAt: isoOf(run.requestedAt),
  slotAt: run.slotAt === undefined ? null : isoOf(run.slotAt),
  startedAt: run.startedAt === null ? null : isoOf(run.startedAt),
  endedAt: run.endedAt === null ? null : isoOf(run.endedAt),
  dueAt: run.status === 'waiting' && run.dueAt !== null ? isoOf(run.dueAt) : null,
  waitingFor: run.waitingFor && reasonOf(run.waitingFor),
  progress: run.progress,
  counters: run.counters,
  gaps: run.gaps,
  news: run.news ?? [],
  error: run.error && reasonOf(run.error),
  isCancelling: run.cancelRequestedAt !== null && !hasEnded(run),
});

const isoOf = (at: number): string => new Date(at).toISOString();

/** A code that this server does not know was stored by a newer one. */
function reasonOf({ code, details }: RunError): { code: string; sentence: string; button: string } {
  if (!isCode(code)) return { code, sentence: code, button: '' };
  return { code, sentence: sentenceOf(code, details), button: errorTable[code].button };
}

const isCode = (code: string): code is ErrorCode => Object.hasOwn(errorTable, code);
