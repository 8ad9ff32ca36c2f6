/** Entries of the audit, written in the very transaction of the act that they speak of. */
import { type AuditNote, auditIdOf, chain, firstHead } from '../../domain/audit.ts';
import type { Transaction } from '../../ports.ts';

/**
 * Call it among the reads of the transaction; what it answers writes one entry each time it is called. An operation that has its
 * entry already gets no second one.
 */
export async function auditIn(tx: Transaction, teamId: string): Promise<(note: AuditNote) => void> {
  let head = (await tx.get('auditHeads', teamId))?.data ?? firstHead(teamId);
  return (note) => {
    const chained = chain(head, note);
    if (chained === undefined) return;
    head = chained.head;
    // `create`: an entry that is there is never written over.
    tx.create('audit', auditIdOf(teamId, chained.entry.number), chained.entry);
    tx.set('auditHeads', teamId, chained.head);
  };
}
