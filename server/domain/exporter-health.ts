/**
 * How an exporter stands, over its runs: what of their ends is news to its people.
 *
 * well → failing on a failure that may pass, → needs-you on one that a person must mend: `failed`, once. failing → needs-you:
 * `failed` again, for now there is something to do. Further failures say nothing, whatever their cause. failing, needs-you →
 * well: `recovered`. → gaps on a run that ended with named gaps: `gaps`, once; → well closes it without a word. Access that
 * ended is told of by its connection or grant, for all exporters at once; the exporter keeps quiet. A cancelled run changes
 * nothing.
 */
import { z } from 'zod';
import { type ErrorCode, errorTable } from '../errors.ts';
import type { NoticeKind } from './notice.ts';
import type { Run } from './run.ts';

export const healthSchema = z.object({
  state: z.enum(['well', 'gaps', 'failing', 'needs-you']),
  /** When the state began. */
  since: z.number(),
  /** The open notice of this state; null when it has none. */
  noticeId: z.string().nullable(),
  lastEndedAt: z.number(),
  lastSucceededAt: z.number().nullable(),
});
export type Health = z.infer<typeof healthSchema>;

export interface HealthMove {
  health: Health;
  /** Told now, as the notice of this run. */
  raise: NoticeKind | null;
  /** The notice whose state is over. */
  closes: string | null;
}

/** Undefined when the end of the run says nothing of the exporter. `noticeIdOf` names the notice of a kind of this run. */
export function healthAfter(
  before: Health | undefined,
  run: Pick<Run, 'status' | 'error' | 'endedAt'>,
  noticeIdOf: (kind: NoticeKind) => string,
): HealthMove | undefined {
  const endedAt = run.endedAt ?? 0;
  const open = before?.noticeId ?? null;
  const move = (
    state: Health['state'],
    raise: NoticeKind | null,
    noticeId: string | null,
    closes: string | null,
  ): HealthMove => ({
    health: {
      state,
      since: before?.state === state ? before.since : endedAt,
      noticeId,
      lastEndedAt: endedAt,
      lastSucceededAt: isBroken(state) ? (before?.lastSucceededAt ?? null) : endedAt,
    },
    raise,
    closes,
  });
  switch (run.status) {
    case 'succeeded':
      return move('well', open !== null && isBroken(before?.state) ? 'recovered' : null, null, open);
    case 'succeeded-with-gaps':
      if (before?.state === 'gaps') return move('gaps', null, open, null);
      return move('gaps', 'gaps', noticeIdOf('gaps'), open);
    case 'failed': {
      const code = run.error?.code ?? '';
      const state = before?.state === 'needs-you' || needsPerson(code) ? 'needs-you' : 'failing';
      if (toldByAccess.includes(code))
        return move(
          state,
          null,
          isBroken(before?.state) ? open : null,
          isBroken(before?.state) ? null : open,
        );
      const isWorse = before?.state === 'failing' && state === 'needs-you';
      if (isBroken(before?.state) && open !== null && !isWorse) return move(state, null, open, null);
      return move(state, 'failed', noticeIdOf('failed'), open);
    }
    default:
      return undefined;
  }
}

/** The tab is not kept right now. */
export const isBroken = (state: Health['state'] | undefined): boolean =>
  state === 'failing' || state === 'needs-you';

/** Their connection or grant has a notice of its own. */
const toldByAccess: readonly string[] = ['NEEDS_RECONNECT', 'NEEDS_GOOGLE'] satisfies ErrorCode[];

const needsPerson = (code: string): boolean =>
  Object.hasOwn(errorTable, code) && errorTable[code as ErrorCode].button !== '';
