/** Google's quotas of Sheets calls a minute, per project and per person, as allowances of our own: kept to, never found out by refusals. */
import { type AllowanceRules, grant, newAllowance, takeTurn } from '../../domain/allowance.ts';
import { turns } from '../../domain/turns.ts';
import { WaitError } from '../../errors.ts';
import type { GoogleQuota, Ports, SheetsCall, Transaction } from '../../ports.ts';

type Needs = Pick<Ports, 'store' | 'clock'>;

const kinds: readonly SheetsCall[] = ['read', 'write'];
/** In place no longer than this; a publish that has read already waits longer by itself, rather than read again (patient-sheets.ts). */
const patienceMs = 10_000;
/** Calls of a kind in any minute. */
export interface GoogleLimits {
  project: number;
  person: number;
}

/** google-platform.md section 5.1 (2026). */
export const googleLimits: GoogleLimits = { project: 300, person: 60 };

const rulesOf = (limit: number): AllowanceRules => ({
  limit,
  spanMs: 250,
  // From the store's answer until the call has come to Google.
  lateMs: 1_000,
  kept: { manual: 0, scheduled: 0.02, backup: 0.1 },
  burstMs: 8_000,
});

interface Scope {
  id: string;
  of: 'project' | 'person';
  rules: AllowanceRules;
}

const scopesOf = (kind: SheetsCall, subject: string, limits: GoogleLimits): Scope[] => [
  { id: `google-${kind}`, of: 'project', rules: rulesOf(limits.project) },
  { id: `google-${kind}.${subject}`, of: 'person', rules: rulesOf(limits.person) },
];

/** Waits in place for some seconds; WaitError `GOOGLE_QUOTA` with the time to come back at when that is not enough. */
export function googleQuota({ store, clock }: Needs, limits: GoogleLimits = googleLimits): GoogleQuota {
  const subjects = new Map<string, Promise<string>>();
  const subjectOf = async (grantId: string): Promise<string> => {
    const known = subjects.get(grantId) ?? subjectOfGrant(store, grantId);
    subjects.set(grantId, known);
    try {
      return await known;
    } catch (error) {
      // A store that failed once is asked again: kept, the failure would be every later call's.
      subjects.delete(grantId);
      throw error;
    }
  };
  const ask = (scopes: readonly Scope[], isFirst: boolean): Promise<number | undefined> =>
    store.transaction(async (tx) => {
      const now = clock.now();
      const asked = [];
      for (const { id, rules } of scopes) {
        const stored = (await tx.get('allowances', id))?.data ?? newAllowance;
        asked.push({ id, rules, ...grant(rules, stored, { calls: 1, priority: 'manual', now }) });
      }
      const waits = asked.filter((one) => one.kind === 'wait');
      if (waits.length > 0) {
        // More came than had a turn: those who still stand in line wait for it.
        for (const { id, rules, allowance } of isFirst ? waits : [])
          tx.set('allowances', id, takeTurn(rules, allowance, { calls: 1, now }).allowance);
        return Math.max(...waits.map(({ untilAt }) => untilAt));
      }
      for (const { id, allowance } of asked) tx.set('allowances', id, allowance);
      return undefined;
    });
  const inTurn = turns();
  return {
    async spend(grantId, kind) {
      const scopes = scopesOf(kind, await subjectOf(grantId), limits);
      const patientUntil = clock.now() + patienceMs;
      for (let isFirst = true; ; isFirst = false) {
        // One after another in this process: the document is everybody's.
        const untilAt = await inTurn(() => ask(scopes, isFirst));
        if (untilAt === undefined) return;
        if (untilAt > patientUntil) throw new WaitError('GOOGLE_QUOTA', untilAt);
        await clock.sleep(Math.max(1, untilAt - clock.now()));
      }
    },
  };
}

/**
 * When a publish of so many calls may begin, so that all that are due together come at the pace of the quotas; its place in the
 * lines is taken with it. People do not stand in line, but those behind them wait for what they take. Reads first, so call it
 * before other writes.
 */
export async function takeGoogleTurn(
  tx: Transaction,
  grantId: string,
  { calls, isUrgent, now }: { calls: Record<SheetsCall, number>; isUrgent: boolean; now: number },
  limits: GoogleLimits = googleLimits,
): Promise<number> {
  const subject = (await tx.get('grants', grantId))?.data.subject ?? grantId;
  const turns = [];
  for (const kind of kinds) {
    for (const { id, of, rules } of scopesOf(kind, subject, limits)) {
      const stored = (await tx.get('allowances', id))?.data ?? newAllowance;
      turns.push({ id, of, ...takeTurn(rules, stored, { calls: calls[kind], now }) });
    }
  }
  const at = Math.max(...turns.map((turn) => turn.at));
  // Whoever waits for a person's own quota comes slower than the project's line moves: no place there is lost to others.
  const isPersonal = turns.every(({ of, at: its }) => of === 'person' || its < at);
  for (const { id, of, allowance } of turns)
    if (of === 'person' || !isPersonal || isUrgent) tx.set('allowances', id, allowance);
  return isUrgent ? now : at;
}

const subjectOfGrant = async (store: Ports['store'], grantId: string): Promise<string> =>
  (await store.get('grants', grantId))?.data.subject ?? grantId;
