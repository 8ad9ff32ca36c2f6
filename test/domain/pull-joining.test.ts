import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pull } from '../../server/domain/mirror-pointer.ts';
import { closePull, endPull, isSatisfied, joinPull, type Owner } from '../../server/domain/pull-joining.ts';

const at = { now: 1_000_000, teamId: 't' };
const living: Owner = { status: 'running', leaseUntil: 1_030_000, dueAt: null };
const pull: Pull = {
  v: 1,
  teamId: 't',
  runId: 'owner',
  number: 3,
  startedAt: 990_000,
  isClosed: false,
  asks: { invoices: 980_000 },
  reads: { invoices: 500_000, contacts: 500_000 },
  missing: {},
};
const wants = { runId: 'me', requestedAt: 995_000, names: ['invoices', 'contacts'] };

describe('a run that needs fresh records', () => {
  it('begins a pull when none is in flight, and keeps what is known', () => {
    const decision = joinPull({ ...pull, runId: null, asks: {} }, wants, undefined, at);
    expect(decision).toEqual({
      kind: 'begin',
      pull: {
        ...pull,
        runId: 'me',
        number: 4,
        startedAt: at.now,
        asks: { invoices: 995_000, contacts: 995_000 },
      },
    });
  });

  it('joins one in flight with the moment that it was asked for', () => {
    const decision = joinPull(pull, wants, living, at);
    expect(decision).toMatchObject({
      kind: 'join',
      pull: { runId: 'owner', asks: { invoices: 995_000, contacts: 995_000 } },
      lookAgainAt: at.now + 1_000,
    });
  });

  it('leaves a closed one alone and waits for its end', () => {
    const closed = { ...pull, isClosed: true };
    expect(joinPull(closed, wants, living, at)).toMatchObject({ kind: 'join', pull: closed });
  });

  it('goes on with its own', () => {
    expect(joinPull({ ...pull, runId: 'me' }, wants, undefined, at).kind).toBe('own');
  });

  it('is done when all it wants was read after it was asked for, whoever read it', () => {
    const reads = { invoices: 995_000, contacts: 996_000 };
    expect(joinPull({ ...pull, reads }, wants, living, at).kind).toBe('satisfied');
    expect(joinPull({ ...pull, reads: { ...reads, contacts: 994_999 } }, wants, living, at).kind).toBe(
      'join',
    );
    expect(joinPull(undefined, { ...wants, names: [] }, undefined, at).kind).toBe('satisfied');
  });

  it('does not wait for what Xero refused after it was asked for', () => {
    const missing = { contacts: { at: 996_000, code: 'SCOPE_MISSING', details: {} } };
    expect(isSatisfied({ ...pull, reads: { invoices: 999_000 }, missing }, wants, at.now)).toBe(true);
  });

  it('is not done by a moment that has not come yet, unless it was asked for by the same clock', () => {
    const known = { ...pull, reads: { invoices: 1_000_001, contacts: 1_000_001 } };
    expect(isSatisfied(known, wants, at.now)).toBe(false);
    expect(isSatisfied(known, { ...wants, requestedAt: 1_000_001 }, at.now)).toBe(true);
    expect(isSatisfied(known, wants, 1_000_001)).toBe(true);
  });

  it.each<[string, Owner | undefined, string]>([
    ['is unknown', undefined, 'begin'],
    ['ended', { ...living, status: 'failed' }, 'begin'],
    ['lost its lease long ago', { ...living, leaseUntil: 600_000 }, 'begin'],
    ['lost its lease just now', { ...living, leaseUntil: 990_000 }, 'join'],
    ['is between two tasks', { status: 'running', leaseUntil: null, dueAt: 999_000 }, 'join'],
    ['waits for tomorrow', { status: 'waiting', leaseUntil: null, dueAt: 90_000_000 }, 'join'],
    ['should have come back long ago', { status: 'waiting', leaseUntil: null, dueAt: 600_000 }, 'begin'],
  ])('knows what to do when the owner %s', (_, owner, kind) => {
    expect(joinPull(pull, wants, owner, at).kind).toBe(kind);
  });

  it.each(['waiting', 'running'] as const)(
    'looks again within a minute when the owner, %s, is due in hours',
    (status) => {
      const owner: Owner = { status, leaseUntil: null, dueAt: 90_000_000 };
      expect(joinPull(pull, wants, owner, at)).toMatchObject({ lookAgainAt: at.now + 60_000 });
    },
  );
});

describe('the end of a pull', () => {
  it('is put off while something was asked that was read before', () => {
    expect(closePull(pull, { invoices: 979_999 })).toBeNull();
    expect(closePull(pull, { invoices: 980_000 })).toEqual({ ...pull, isClosed: true });
    expect(closePull(pull, {})).toBeNull();
  });

  it('never makes known an older moment than was known', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (before, read) => {
        const ended = endPull({ ...pull, reads: { invoices: before } }, { invoices: read }, {}, 2 ** 31);
        expect(ended.reads['invoices']).toBe(Math.max(before, read));
        expect(ended).toMatchObject({ runId: null, isClosed: false, asks: {} });
      }),
    );
  });

  it('forgets why something was missing once it was read, whenever that was, and keeps it of all else', () => {
    const refused = { at: 2_000, code: 'MANY_REMOVED', details: {} };
    const ended = endPull(
      { ...pull, missing: { invoices: refused, contacts: refused } },
      { invoices: 900 },
      {},
      1_000,
    );
    expect(ended.missing).toEqual({ contacts: refused });
  });

  it('forgets moments that have not come yet', () => {
    const ended = endPull(
      { ...pull, reads: { invoices: 2_000, contacts: 2_000 } },
      { invoices: 900 },
      {},
      1_000,
    );
    expect(ended.reads).toEqual({ invoices: 900 });
  });
});
