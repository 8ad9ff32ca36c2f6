import { describe, expect, it } from 'vitest';
import { isChanged, knownRecords } from '../../../../server/engine/steps/pull/known-records.ts';
import type { CutRecord } from '../../../../server/mirror/mirror.ts';
import { cutRecord } from '../../../support/cut-record.ts';
import { memoryMirror } from './memory-mirror.ts';

const record = (id: string, raw: string, state = ''): CutRecord => cutRecord(id, raw, { state });

/** A mirror with one generation of records `id-0` … and a count of how often its ids were streamed. */
async function given(count: number) {
  const mirror = memoryMirror();
  const records = Array.from({ length: count }, (_, at) => record(`id-${at}`, `text ${at}`));
  const segment = await mirror.writeSegment('invoices', records, 0);
  const cursor = { modifiedSince: null, lastFullSweepAt: null, sweptBy: null };
  await mirror.commit({
    expected: 0,
    operationId: 'first',
    changes: { invoices: { mode: 'merge', segments: [segment], cursor, gaps: [] } },
  });
  const streamed: string[] = [];
  const ids = mirror.ids.bind(mirror);
  mirror.ids = (resource, pending) => {
    streamed.push(`${resource} ${pending.length}`);
    return ids(resource, pending);
  };
  return { mirror, streamed, known: knownRecords() };
}

describe('what is known of records', () => {
  it('is found for each id, wherever it stands, and for none that is not there', async () => {
    const { mirror, known } = await given(25);
    const found = await known.of(mirror, 'invoices', [], ['id-24', 'id-0', 'id-7', 'nobody']);
    expect([...found.keys()].toSorted()).toEqual(['id-0', 'id-24', 'id-7']);
    expect(isChanged(record('id-7', 'text 7'), found.get('id-7'))).toBe(false);
    expect(isChanged(record('id-7', 'text 8'), found.get('id-7'))).toBe(true);
    expect(isChanged(record('nobody', ''), found.get('nobody'))).toBe(true);
  });

  it('is read once for a resource, and of what is pending only what came since', async () => {
    const { mirror, streamed, known } = await given(25);
    const pending = [];
    for (let page = 0; page < 4; page += 1) {
      await known.of(mirror, 'invoices', pending, [`id-${page}`]);
      pending.push(await mirror.writeSegment('invoices', [record(`id-${page}`, `newer ${page}`)], 0));
    }
    expect(streamed).toEqual(['invoices 0', 'none 1', 'none 1', 'none 1']);
    const found = await known.of(mirror, 'invoices', pending, ['id-2', 'id-9']);
    expect(isChanged(record('id-2', 'newer 2'), found.get('id-2'))).toBe(false);
    expect(isChanged(record('id-9', 'text 9'), found.get('id-9'))).toBe(false);
  });

  it('is read anew when what was pending is pending no more', async () => {
    const { mirror, known } = await given(5);
    const lost = await mirror.writeSegment('invoices', [record('id-1', 'lost')], 0);
    const other = await mirror.writeSegment('invoices', [record('id-2', 'kept')], 0);
    await known.of(mirror, 'invoices', [lost], ['id-1']);
    const found = await known.of(mirror, 'invoices', [other], ['id-1', 'id-2']);
    expect(isChanged(record('id-1', 'text 1'), found.get('id-1'))).toBe(false);
    expect(isChanged(record('id-2', 'kept'), found.get('id-2'))).toBe(false);
  });

  it('tells a record that is gone from one that is there', async () => {
    const { mirror, known } = await given(3);
    const gone = await mirror.writeSegment('invoices', [record('id-1', '', 'tombstone')], 0);
    const found = await known.of(mirror, 'invoices', [gone], ['id-0', 'id-1']);
    expect(found.get('id-1')?.state).toBe('tombstone');
    expect(isChanged(record('id-1', 'text 1'), found.get('id-1'))).toBe(true);
    expect(found.get('id-0')?.state).toBe('');
  });
});
