/** Seeds of people and rows for exporters that publish together: each block right, nothing of people's lost, whatever is in the way. */
import { afterEach, describe, expect, test } from 'vitest';
import type { PersonEdit } from '../../../../server/sandbox/google/control/person-edits.ts';
import { faultAt, noFaults, recordedPoints } from '../../../../server/wrappers/faults.ts';
import { seededNumbers } from '../../../support/seeded-random.ts';
import { seeds } from '../../../support/seeds.ts';
import { column, type Table } from './publish-lab.ts';
import { type TogetherLab, titles, togetherLab } from './together-lab.ts';

const ROUNDS = 4;
const columns = [column('id', 'text', 'Id'), column('name', 'text', 'Name'), column('n', 'integer', 'N')];
/** Each costs the run of one block, never a neighbour's. */
const REFUSALS = ['BLOCK_OVERLAP', 'BLOCK_DAMAGED', 'TAB_MISSING'];

const labs: TogetherLab[] = [];
afterEach(() => {
  for (const lab of labs.splice(0)) lab.close();
});

describe('seeds of people and rows', () => {
  test.each(seeds(25).map((seed) => [seed]))('seed %i', { timeout: 60_000 }, async (seed) => {
    const next = seededNumbers(seed + 77);
    const pick = (below: number): number => Math.floor(next() * below);
    const lab = await togetherLab();
    labs.push(lab);
    let stamp = 0;
    let marks = 0;
    const rows = new Map<string, Table['rows']>();
    for (const title of titles)
      rows.set(
        title,
        Array.from({ length: 3 + pick(8) }, (_, at) => [`id${at}`, `name${at}`, at]),
      );
    const want = (): void => {
      for (const [title, of] of rows) lab.want({ columns, rows: of }, title);
    };
    const change = (title: string): void => {
      const changed = (rows.get(title) ?? [])
        .filter(() => next() > 0.1)
        .map((row) => (next() < 0.3 ? [row[0] ?? '', `name${stamp++}`, 7] : row));
      if (next() < 0.6) changed.splice(pick(changed.length + 1), 0, [`new${stamp++}`, 'x', stamp]);
      rows.set(title, changed.length === 0 ? [['only', 'one', 1]] : changed);
    };
    /** What people do without touching a cell of theirs. */
    const edit = (): PersonEdit[] => {
      const tab = titles[pick(titles.length)] ?? 'Invoices';
      const height = lab.grid(tab).length;
      switch (pick(5)) {
        case 0:
          return [{ kind: 'insert', tab, dimension: 'ROWS', at: pick(height), count: 1 + pick(2) }];
        case 1:
          return [{ kind: 'insert', tab, dimension: 'COLUMNS', at: pick(4), count: 1 }];
        case 2: {
          const cell = `Notes!${'ABCDE'[marks % 5]}${5 + Math.floor(marks / 5)}`;
          return [{ kind: 'set', cell, value: `mine ${marks++}` }];
        }
        case 3:
          return [{ kind: 'insert', tab, dimension: 'ROWS', at: 0, count: 2 }];
        default:
          return [];
      }
    };
    const mine = (): string[] =>
      lab
        .grid('Notes')
        .flat()
        .filter((text) => text.startsWith('mine'));

    want();
    await lab.finish(await lab.gather('first'));
    for (let round = 0; round < ROUNDS; round += 1) {
      for (let count = 0; count < 2; count += 1) {
        const edits = edit();
        if (edits.length > 0) await lab.edit(...edits);
      }
      for (const title of titles) if (next() < 0.7) change(title);
      want();
      const before = mine();
      // The last one is quiet: what was left for later is right by then.
      const during = next() < 0.4 && round < ROUNDS - 1 ? edit() : [];
      const inWindow = lab.before(/:batchUpdate$/, async () => {
        if (during.length > 0) await lab.edit(...during);
      });
      const label = ['sheets.apply', 'sheets.cells', 'store.transaction', 'drive.version'][pick(4)] ?? '';
      const faults =
        next() < 0.3 ? faultAt(label, 1 + pick(3), next() < 0.5 ? 'before' : 'after', 'crash') : noFaults;
      const ended = await lab.finish(await lab.gather(`round${round}`), {
        faults,
        isDoubled: next() < 0.2,
      });
      inWindow.forget();
      for (const text of before) expect([seed, round, ...mine()]).toContain(text);
      for (const title of titles) {
        const { code, cellsWritten = 0 } = ended[title.toLowerCase()] ?? {};
        const place = [seed, round, title];
        if (code !== undefined) {
          expect(REFUSALS).toContain(code);
          continue;
        }
        // It was right when it was read; the edit came while others were written, and the next round sees to it.
        if (during.length > 0 && cellsWritten === 0) continue;
        const size = lab.grid(title);
        const top = size.findIndex((cells) => cells.includes('Id'));
        const at = ['Id', 'Name', 'N'].map((header) => size[top]?.indexOf(header) ?? -1);
        const wanted = rows.get(title) ?? [];
        const shown = size
          .slice(top + 1, top + 1 + wanted.length)
          .map((cells) => at.map((index) => cells[index]));
        expect([place, shown]).toEqual([place, wanted.map((row) => row.map(String))]);
        const text = size.flat().filter((cell) => /^(id|new|only)/.test(cell)).length;
        expect([place, text]).toEqual([place, wanted.length]);
      }
    }
  });
});

test('the points at which the seeds break are there', async () => {
  const lab = await togetherLab();
  labs.push(lab);
  const recorded = recordedPoints();
  lab.want({ columns, rows: [['a', 'b', 1]] });
  await lab.finish(await lab.gather('first'), { faults: recorded });
  const labels = new Set(recorded.points.map(({ label }) => label));
  for (const label of ['sheets.apply', 'sheets.cells', 'store.transaction', 'drive.version'])
    expect([...labels]).toContain(label);
});
