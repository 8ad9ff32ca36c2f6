import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AuditEntry,
  type AuditNote,
  auditActs,
  breakIn,
  chain,
  firstHead,
} from '../../server/domain/audit.ts';

const note = (operationId: string, over: Partial<AuditNote> = {}): AuditNote => ({
  actor: 'user',
  act: 'edit-exporter',
  object: { kind: 'exporter', id: 'e1' },
  at: 1_000,
  operationId,
  ...over,
});

function chainOf(notes: readonly AuditNote[]): AuditEntry[] {
  const entries: AuditEntry[] = [];
  let head = firstHead('team');
  for (const one of notes) {
    const next = chain(head, one);
    if (next === undefined) continue;
    entries.push(next.entry);
    head = next.head;
  }
  return entries;
}

const firstBreak = (entries: readonly AuditEntry[]): string | undefined => {
  for (const [at, entry] of entries.entries()) {
    const problem = breakIn(entries[at - 1], entry);
    if (problem !== undefined) return problem;
  }
  return undefined;
};

describe('the chain of the audit', () => {
  it('is one entry for an operation and act, however often it is told', () => {
    const entries = chainOf([note('a'), note('a'), note('a', { act: 'run-exporter' }), note('b'), note('a')]);
    expect(entries.map(({ number, act }) => [number, act])).toEqual([
      [1, 'edit-exporter'],
      [2, 'run-exporter'],
      [3, 'edit-exporter'],
    ]);
    expect(firstBreak(entries)).toBeUndefined();
  });

  it('shows any change, removal, addition or swap', () => {
    const values = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.constant({}));
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...auditActs), { minLength: 2, maxLength: 12 }),
        fc.nat(),
        fc.constantFrom(
          'at',
          'actor',
          'act',
          'object',
          'outcome',
          'code',
          'details',
          'previous',
          'hash',
          'number',
        ),
        values,
        (acts, place, field, value) => {
          const entries = chainOf(
            acts.map((act, at) => note(`op ${at}`, { act, at, details: { role: 'owner' } })),
          );
          expect(firstBreak(entries)).toBeUndefined();
          const at = place % entries.length;
          const entry = entries[at];
          if (entry === undefined) return;
          if (JSON.stringify(entry[field as keyof AuditEntry]) !== JSON.stringify(value)) {
            const altered = { ...entry, [field]: value } as AuditEntry;
            // What does not fit its schema is no entry at all; the rest is found by the chain.
            const isReadable = field !== 'object' && field !== 'details';
            if (isReadable) expect(firstBreak(entries.with(at, altered))).toBeDefined();
          }
          expect(firstBreak(entries.with(at, { ...entry, details: { role: 'viewer' } }))).toBeDefined();
          expect(firstBreak(entries.with(at, { ...entry, object: { kind: 'x', id: 'y' } }))).toBeDefined();
          if (at < entries.length - 1) expect(firstBreak(entries.toSpliced(at, 1))).toBeDefined();
          expect(firstBreak(entries.toSpliced(at, 0, entry))).toBeDefined();
          expect(firstBreak([...entries].reverse())).toBeDefined();
        },
      ),
      { numRuns: 100 },
    );
  });
});
