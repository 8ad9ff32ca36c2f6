/** A publish that has begun to read waits for Google's quota where it is. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { patientSheets } from '../../../../server/engine/steps/publish/patient-sheets.ts';
import { WaitError } from '../../../../server/errors.ts';
import type { Sheets } from '../../../../server/ports.ts';
import { column, type PublishLab, publishLab, type Table } from './publish-lab.ts';

const minute = 60_000;

describe('a publish that reads more than the quota of a minute', () => {
  const table = (name: string): Table => ({
    columns: [column('id'), column('name')],
    rows: Array.from({ length: 150 }, (_, row) => [`id${row}`, `${name} ${row}`]),
  });
  let lab: PublishLab;
  beforeEach(async () => {
    lab = await publishLab({ quotas: true });
  });
  afterEach(() => lab.close());

  test('comes to its end without beginning anew', async () => {
    lab.want(table('Old'));
    await lab.run();
    lab.want(table('New'));
    const [before, began] = [lab.calls.length, lab.clock.now()];
    await lab.run({ options: { cellsPerRead: 4 } });
    const isLook = (call: string) => call.endsWith('/developerMetadata:search');
    expect(lab.calls.slice(before).filter(isLook)).toHaveLength(1);
    expect(lab.calls.length - before).toBeGreaterThan(150);
    expect(lab.clock.now() - began).toBeLessThan(6 * minute);
    expect(lab.grid('Invoices')[150]).toEqual(['id149', 'New 149']);
  });
});

describe('a wait for the quota', () => {
  let now: number;
  /** What was called, slept, renewed and guarded, in order. */
  let done: string[];
  let waits: number[];
  let aborting: AbortController;
  beforeEach(() => {
    now = 1_000;
    done = [];
    waits = [];
    aborting = new AbortController();
  });

  /** Each call is refused while there are waits left for it. */
  function patient(onSleep: () => void = () => undefined): Sheets {
    const call = (name: string) => async () => {
      const wait = waits.shift();
      done.push(wait === undefined ? name : `${name} refused`);
      if (wait !== undefined) throw new WaitError('GOOGLE_QUOTA', now + wait);
      return [] as never;
    };
    const sheets = { layout: call('layout'), cells: call('cells'), fill: call('fill'), apply: call('apply') };
    const clock = {
      now: () => now,
      async sleep(ms: number) {
        now += ms;
        done.push(`slept ${ms}`);
        onSleep();
      },
    };
    const note = (what: string) => async () => void done.push(what);
    return patientSheets({ sheets, clock }, { signal: aborting.signal, guard: note('guard') }, note('held'));
  }
  const look = (sheets: Sheets) => sheets.layout('grant', 'spreadsheet', []);
  const read = (sheets: Sheets) => sheets.cells('grant', 'spreadsheet', []);

  test('goes to the engine before anything was read', async () => {
    const sheets = patient();
    waits = [5_000];
    await expect(look(sheets)).rejects.toMatchObject({ code: 'GOOGLE_QUOTA' });
    expect(done).toEqual(['layout refused']);
  });

  test('is waited for in place afterwards, with the spreadsheet held, however often', async () => {
    const sheets = patient();
    await look(sheets);
    waits = [40_000, 61_000];
    await read(sheets);
    const expected = [
      'layout',
      'cells refused',
      'slept 40000',
      'held',
      'cells refused',
      'slept 61000',
      'held',
    ];
    expect(done).toEqual([...expected, 'cells']);
  });

  test('before a write ends with a look whether the run is still ours', async () => {
    const sheets = patient();
    await look(sheets);
    waits = [30_000];
    await sheets.apply('grant', 'spreadsheet', []);
    expect(done).toEqual(['layout', 'apply refused', 'slept 30000', 'held', 'guard', 'apply']);
  });

  test('goes to the engine when it is longer than a minute’s quota can take, or all of them take too long', async () => {
    const sheets = patient();
    await look(sheets);
    waits = [71_000];
    await expect(read(sheets)).rejects.toMatchObject({ code: 'GOOGLE_QUOTA' });
    expect(done).toEqual(['layout', 'cells refused']);
    waits = Array.from({ length: 30 }, () => minute);
    await expect(read(sheets)).rejects.toMatchObject({ code: 'GOOGLE_QUOTA' });
    expect(now).toBeLessThanOrEqual(1_000 + 10 * minute);
  });

  test('is given up, with no further call, when the server stops', async () => {
    const sheets = patient(() => aborting.abort());
    await look(sheets);
    waits = [30_000];
    await expect(read(sheets)).rejects.toMatchObject({ code: 'GOOGLE_QUOTA' });
    expect(done).toEqual(['layout', 'cells refused', 'slept 30000']);
  });
});
