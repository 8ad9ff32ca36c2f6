/** Entries of the audit for what no use-case has recorded in its own transaction: refusals, failures, and acts without a store. */
import type { AuditAct, AuditOutcome } from '../domain/audit.ts';
import type { Actor } from '../domain/team.ts';
import { auditIn } from '../engine/audit/append-audit.ts';
import type { Ports } from '../ports.ts';

/** An act that has its entry already, under the same request, gets no second one. */
export async function recordAct(
  ports: Pick<Ports, 'store' | 'clock'>,
  actor: Actor & { operationId: string },
  act: AuditAct,
  told: { outcome: AuditOutcome; object: { kind: string; id: string }; code?: string },
): Promise<void> {
  const at = ports.clock.now();
  await ports.store.transaction(async (tx) => {
    const note = await auditIn(tx, actor.teamId);
    note({ actor: actor.userId, act, at, operationId: actor.operationId, ...told });
  });
}
