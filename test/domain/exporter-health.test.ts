/** What of the ends of runs is news. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Health, healthAfter, isBroken } from '../../server/domain/exporter-health.ts';
import type { Run } from '../../server/domain/run.ts';

type End = Pick<Run, 'status' | 'error' | 'endedAt'>;
const good: End = { status: 'succeeded', error: null, endedAt: 1 };
const withGaps: End = { status: 'succeeded-with-gaps', error: null, endedAt: 1 };
const cancelled: End = { status: 'cancelled', error: null, endedAt: 1 };
const failed = (code: string): End => ({ status: 'failed', error: { code, details: {} }, endedAt: 1 });
/** One that may pass, one that a person must mend, one of which the connection tells. */
const [passing, lasting, access] = [failed('XERO_REFUSED'), failed('CELL_LIMIT'), failed('NEEDS_RECONNECT')];

/** What is said, run after run. */
function saidOf(ends: readonly End[]) {
  const said: Array<{ raise: string | null; closes: string | null; state: string | undefined }> = [];
  let health: Health | undefined;
  for (const [at, end] of ends.entries()) {
    const move = healthAfter(health, end, (kind) => `${kind}.${at}`);
    health = move?.health ?? health;
    said.push({ raise: move?.raise ?? null, closes: move?.closes ?? null, state: health?.state });
  }
  return said;
}
const raised = (...ends: End[]) => saidOf(ends).map(({ raise }) => raise);

describe('the health of an exporter', () => {
  it('says a thousand failures of one state once, and the recovery once', () => {
    const said = raised(...Array.from({ length: 1000 }, () => passing), good, good);
    expect(said.filter((one) => one !== null)).toEqual(['failed', 'recovered']);
    expect(said[0]).toBe('failed');
    expect(said[1000]).toBe('recovered');
  });

  it('says a failure again once there is something to do, and never goes back within one state', () => {
    expect(raised(passing, lasting, passing, lasting)).toEqual(['failed', 'failed', null, null]);
    expect(saidOf([passing, lasting])[1]).toMatchObject({ closes: 'failed.0', state: 'needs-you' });
  });

  it('leaves access that ended to the connection', () => {
    expect(raised(access, access, good)).toEqual([null, null, null]);
    expect(raised(access, lasting, good)).toEqual([null, 'failed', 'recovered']);
    // A failure that was told stays open until it is over.
    expect(raised(passing, access, good)).toEqual(['failed', null, 'recovered']);
  });

  it('says gaps once, and closes them without a word', () => {
    expect(raised(withGaps, withGaps, good, withGaps)).toEqual(['gaps', null, null, 'gaps']);
    expect(saidOf([withGaps, good])[1]).toMatchObject({ closes: 'gaps.0' });
    expect(raised(passing, withGaps)).toEqual(['failed', 'gaps']);
  });

  it('takes no notice of a cancelled run, and none of a first success', () => {
    expect(raised(good, cancelled, good)).toEqual([null, null, null]);
    expect(raised(passing, cancelled, passing)).toEqual(['failed', null, null]);
  });

  it('has at most one open notice, closes what it opened, and is told of exactly while it is not well', () => {
    const end = fc.constantFrom(good, withGaps, cancelled, passing, lasting, access);
    fc.assert(
      fc.property(fc.array(end, { maxLength: 60 }), (ends) => {
        let open: string | null = null;
        let broken = 0;
        let recovered = 0;
        let health: Health | undefined;
        for (const [at, one] of ends.entries()) {
          const move = healthAfter(health, one, (kind) => `${kind}.${at}`);
          if (move === undefined) continue;
          if (move.closes !== null) {
            expect(move.closes).toBe(open);
            open = null;
          }
          if (move.raise === 'failed' || move.raise === 'gaps') {
            expect(open).toBeNull();
            open = `${move.raise}.${at}`;
          }
          if (move.raise === 'failed') broken += 1;
          if (move.raise === 'recovered') {
            recovered += 1;
            expect(isBroken(health?.state)).toBe(true);
          }
          health = move.health;
          expect(health.noticeId).toBe(open);
          if (health.state === 'well') expect(open).toBeNull();
        }
        // Two of one state at most: it may begin as one that passes.
        expect(recovered).toBeLessThanOrEqual(broken);
        expect(broken).toBeLessThanOrEqual(
          2 * (recovered + ends.filter((one) => one === withGaps).length + 1),
        );
      }),
      { numRuns: 500 },
    );
  });
});
