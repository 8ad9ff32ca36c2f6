/** Many rows: the order holds across parts, and memory stays far below what a server has. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SegmentRef } from '../../server/mirror/mirror.ts';
import { cutRecord } from '../support/cut-record.ts';
import { cutOf, mergeOf, mirrorIn, mirrorWorlds, requestOf } from './world.ts';

const worlds = mirrorWorlds();
const pages = 10;
const perPage = 1000;
const perInvoice = 3;

/** Texts as long as Xero's, totals that go round so that the order mixes all pages. */
const invoice = (at: number) => ({
  InvoiceID: `i${String(at).padStart(6, '0')}`,
  Total: (at * 7919) % 1000,
  Reference: `Reference ${at}`.repeat(10),
  LineItems: Array.from({ length: perInvoice }, (_, line) => ({
    LineItemID: `${at}-${line}`,
    Description: `Line ${line} of ${at} `.repeat(10),
    LineAmount: at + line / 100,
  })),
});

const peakMb = (pid: number | undefined): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

describe('many rows', () => {
  it('come in one total order, whole, within the memory of the child', async () => {
    const mirror = await mirrorIn(worlds.ports());
    const segments: SegmentRef[] = [];
    for (let page = 0; page < pages; page++) {
      const records = Array.from({ length: perPage }, (_, at) => invoice(page * perPage + at));
      segments.push(await mirror.writeSegment('invoices', cutOf('invoices', ...records), 1));
    }
    await mirror.commit({ expected: 0, operationId: 'all', changes: { invoices: mergeOf(...segments) } });
    const keys = ['invoice-total', 'invoice-id', 'line-id', 'line-amount', 'description'];
    const seen = new Set<string>();
    let before = '';
    let largest = 0;
    for await (const { rows } of mirror.rows(
      requestOf('invoices', keys, { orderBy: ['invoice-total'] }, 'lines'),
    )) {
      largest = Math.max(largest, rows.length);
      for (const [total, id, line, amount] of rows) {
        const place = `${String(total).padStart(4, '0')} ${id} ${line}`;
        expect(place > before).toBe(true);
        before = place;
        seen.add(String(line));
        expect(Number(amount)).toBeCloseTo(
          Number(String(line).split('-')[0]) + Number(String(line).split('-')[1]) / 100,
        );
      }
    }
    expect(seen.size).toBe(pages * perPage * perInvoice);
    expect(largest).toBeLessThanOrEqual(2048);
    expect(peakMb(worlds.query().childPid)).toBeLessThan(350);
  });

  it('are compared by their ids without all of the ids in memory', async () => {
    const mirror = await mirrorIn(worlds.ports());
    const [files, perFile] = [26, 10_000];
    const idOf = (at: number) => `${String(at).padStart(6, '0')}${'-0000'.repeat(120)}`;
    const segments: SegmentRef[] = [];
    for (let file = 0; file < files; file++) {
      const records = Array.from({ length: perFile }, (_, at) =>
        cutRecord(idOf(file * perFile + at), '{}', { updatedAt: 1 }),
      );
      segments.push(await mirror.writeSegment('contacts', records, 1));
    }
    const again = [cutRecord(idOf(7), '{"a":1}', { updatedAt: 2, state: 'newer' })];
    segments.push(await mirror.writeSegment('contacts', again, 2));
    const changes = { contacts: mergeOf(...segments) };
    const { resources } = await mirror.commit({ expected: 0, operationId: 'all', changes });
    expect(resources['contacts']?.count).toBe(files * perFile);
    expect(await mirror.record('contacts', idOf(7))).toBe('{"a":1}');
  });
});
