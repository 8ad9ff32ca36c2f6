/**
 * The audit: one entry for each privileged act of a team, chained by hashes, never changed and never removed.
 *
 * An entry names people and things by id alone, so that it can outlive the data it speaks of. Each holds the hash of the one
 * before; the head holds the newest. Whoever alters, removes, adds or swaps an entry leaves a break that `breakIn` finds.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';

export const auditActs = [
  'sign-in',
  'sign-out',
  'switch-team',
  'connect',
  'reconnect',
  'grant-google',
  'disconnect',
  'delete-data',
  'undo-deletion',
  'erase',
  'rename-team',
  'invite',
  'revoke-invitation',
  'accept-invitation',
  'change-role',
  'remove-member',
  'leave-team',
  'take-over',
  'create-exporter',
  'edit-exporter',
  'delete-exporter',
  'run-exporter',
  'cancel-run',
  'create-spreadsheet',
  'download-audit',
  'change-settings',
] as const;
export const auditActSchema = z.enum(auditActs);
export type AuditAct = z.infer<typeof auditActSchema>;

/** done: it took effect. refused: it was not allowed or not possible. failed: something stood in the way. */
export const auditOutcomeSchema = z.enum(['done', 'refused', 'failed']);
export type AuditOutcome = z.infer<typeof auditOutcomeSchema>;

/** Who did it when nobody asked just then: the server itself, by its chores. */
export const ourselves = 'foliokeep';

const contentSchema = z.object({
  v: z.literal(1),
  teamId: z.string(),
  /** 1, 2, 3 … without a gap. */
  number: z.int().positive(),
  /** UTC, milliseconds. */
  at: z.number(),
  /** A user's id, or `foliokeep`. */
  actor: z.string(),
  act: auditActSchema,
  /** What was acted on: a kind of thing and its id; '' when it is the team itself. */
  object: z.object({ kind: z.string(), id: z.string() }),
  outcome: auditOutcomeSchema,
  /** The error's code when it was not done. */
  code: z.string().nullable(),
  /** Ids, roles and counts; never a secret, a record or a name. */
  details: z.record(z.string(), z.union([z.string(), z.number()])),
  /** SHA-256 of the entry before, as hex; '' for the first. */
  previous: z.string(),
});
export const auditEntrySchema = contentSchema.extend({ hash: z.string() });
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const auditHeadSchema = z.object({
  v: z.literal(1),
  teamId: z.string(),
  number: z.int(),
  hash: z.string(),
  /** The newest acts by their operations: one whose commit is repeated is one entry. */
  recent: z.array(z.string()),
});
export type AuditHead = z.infer<typeof auditHeadSchema>;

export interface AuditNote {
  actor: string;
  act: AuditAct;
  object: { kind: string; id: string };
  outcome?: AuditOutcome;
  code?: string;
  details?: Record<string, string | number>;
  at: number;
  /** Twice the same operation and act: one entry. */
  operationId: string;
}

const remembered = 50;

export const firstHead = (teamId: string): AuditHead => ({ v: 1, teamId, number: 0, hash: '', recent: [] });

/** The entry after `head` and the head with it; undefined when the operation has its entry already. */
export function chain(head: AuditHead, note: AuditNote): { entry: AuditEntry; head: AuditHead } | undefined {
  const operation = operationOf(note);
  if (head.recent.includes(operation)) return undefined;
  const content: z.infer<typeof contentSchema> = {
    v: 1,
    teamId: head.teamId,
    number: head.number + 1,
    at: note.at,
    actor: note.actor,
    act: note.act,
    object: note.object,
    outcome: note.outcome ?? 'done',
    code: note.code ?? null,
    details: note.details ?? {},
    previous: head.hash,
  };
  const hash = hashOf(content);
  const recent = [...head.recent, operation].slice(-remembered);
  return { entry: { ...content, hash }, head: { ...head, number: content.number, hash, recent } };
}

export const operationOf = ({ operationId, act }: Pick<AuditNote, 'operationId' | 'act'>): string =>
  `${operationId} ${act}`;

/** Ascending by number within a team. */
export const auditIdOf = (teamId: string, number: number): string =>
  `${teamId}.${String(number).padStart(12, '0')}`;

/** What is wrong with the next entry of a chain, in words; undefined when it follows. */
export function breakIn(
  before: Pick<AuditEntry, 'number' | 'hash'> | undefined,
  entry: AuditEntry,
): string | undefined {
  const expected = (before?.number ?? 0) + 1;
  if (entry.number !== expected) return `entry ${expected} is missing`;
  if (entry.previous !== (before?.hash ?? '')) return `entry ${entry.number} does not follow the one before`;
  if (entry.hash !== hashOf(entry)) return `entry ${entry.number} was altered`;
  return undefined;
}

/** Over every field in a fixed order, so that it does not depend on how a store keeps them. */
function hashOf(content: Omit<AuditEntry, 'hash'>): string {
  const { v, teamId, number, at, actor, act, object, outcome, code, details, previous } = content;
  const sorted = Object.entries(details).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify([
    ...[v, teamId, number, at, actor, act, object.kind, object.id, outcome, code, sorted, previous],
  ]);
  return createHash('sha256').update(text).digest('hex');
}
