/** What the audit is told of a person's act. */
import type { AuditAct, AuditNote } from '../domain/audit.ts';
import type { Actor } from '../domain/team.ts';

/** Named by the request; without one (a test, a chore) by act, object and moment. */
export const noteOf = (
  { userId, operationId }: Actor,
  act: AuditAct,
  object: { kind: string; id: string },
  at: number,
): AuditNote => ({
  actor: userId,
  act,
  object,
  at,
  operationId: operationId ?? `${act} ${object.id} ${at}`,
});
