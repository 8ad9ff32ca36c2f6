/** Seeds of everything at once: what people do before and during a publish, and rows that come, go and change. */
import { afterEach, describe, expect, test } from 'vitest';
import type { PersonEdit } from '../../../../server/sandbox/google/control/person-edits.ts';
import { seededNumbers } from '../../../support/seeded-random.ts';
import { seeds } from '../../../support/seeds.ts';
import { column, type PublishLab, publishLab, type Table } from './publish-lab.ts';

const ROUNDS = 5;
const columns = [column('id', 'text', 'Id'), column('name', 'text', 'Name'), column('n', 'integer', 'N')];
const REFUSALS = ['BLOCK_OVERLAP', 'BLOCK_DAMAGED'];

const labs: PublishLab[] = [];
afterEach(() => {
  for (const lab of labs.splice(0)) lab.close();
});

describe('seeds of people and rows', () => {
  test.each(seeds(60).map((seed) => [seed]))('seed %i', { timeout: 60_000 }, async (seed) => {
    const next = seededNumbers(seed + 1);
    const pick = (below: number): number => Math.floor(next() * below);
    const lab = await publishLab();
    labs.push(lab);
    let rows = Array.from({ length: 5 + pick(20) }, (_, at) => [`id${at}`, `name${at}`, at]);
    let stamp = 0;
    const wanted = (): Table => ({ columns, rows });
    const change = (): void => {
      rows = rows
        .filter(() => next() > 0.1)
        .map((row) => (next() < 0.2 ? [row[0] ?? '', `name${stamp++}`, 7] : row));
      if (next() < 0.6) rows.splice(pick(rows.length + 1), 0, [`new${stamp++}`, 'x', stamp]);
      if (rows.length === 0) rows = [['only', 'one', 1]];
    };
    const grid = (): string[][] => lab.grid('Invoices');
    const theirs = (): string[] =>
      grid()
        .flat()
        .filter((text) => text.startsWith('mine'))
        .sort();
    /** Something a person may do without touching a cell of theirs that is marked `mine`. */
    const edit = (): PersonEdit[] => {
      const size = grid();
      const height = size.length;
      const width = size[0]?.length ?? 1;
      const tab = 'Invoices';
      // Where a header cell was typed over, what is ours cannot be told by its text: nothing is deleted or dragged then.
      const isKnown = ['Id', 'Name', 'N'].every((label) => size.flat().includes(label));
      const kind = pick(10);
      switch (isKnown || ![2, 6, 7].includes(kind) ? kind : 9) {
        case 0:
          return [{ kind: 'insert', tab, dimension: 'ROWS', at: pick(height), count: 1 + pick(3) }];
        case 1:
          return [{ kind: 'insert', tab, dimension: 'COLUMNS', at: pick(width + 1), count: 1 }];
        case 2: {
          const at = 1 + pick(Math.max(1, height - 2));
          const count = 1 + pick(Math.min(3, height - 1 - at));
          const isFree = size
            .slice(at, at + count)
            .flat()
            .every((text) => !text.startsWith('mine') && text !== 'Id');
          return isFree ? [{ kind: 'delete', tab, dimension: 'ROWS', at, count }] : [];
        }
        case 3: {
          const [row, at] = [pick(height), pick(width)];
          const isFree = size[row]?.[at] === '' && !inBlock(size, row, at);
          const cell = `Invoices!${String.fromCharCode(65 + at)}${row + 1}`;
          return isFree ? [{ kind: 'set', cell, value: `mine${stamp++}` }] : [];
        }
        case 4: {
          const [row, at] = [pick(height), pick(width)];
          const cell = `Invoices!${String.fromCharCode(65 + at)}${row + 1}`;
          return inBlock(size, row, at) ? [{ kind: 'set', cell, value: next() < 0.5 ? null : '=1+1' }] : [];
        }
        case 5:
          return [{ kind: 'insert', tab, dimension: 'ROWS', at: 0, count: 2 }];
        case 6: {
          const at = pick(width);
          const isFree = size.every((cells) => !/^mine|^Id$|^Name$|^N$/.test(cells[at] ?? ''));
          return isFree && width > 1 ? [{ kind: 'delete', tab, dimension: 'COLUMNS', at, count: 1 }] : [];
        }
        case 7: {
          const at = pick(height);
          const isFree = size[at]?.every((text) => !/^mine|^Id$/.test(text)) ?? false;
          const isOurs = size[at]?.some((text) => /^(id|name|new|only)/.test(text)) ?? false;
          const to = pick(height + 1);
          return isFree && !isOurs ? [{ kind: 'move', tab, dimension: 'ROWS', at, count: 1, to }] : [];
        }
        default:
          return [];
      }
    };
    const inBlock = (size: string[][], row: number, at: number): boolean => {
      const top = size.findIndex((cells) => cells.includes('Id'));
      const isColumn = ['Id', 'Name', 'N'].includes(size[top]?.[at] ?? '');
      const last = size.findLastIndex((cells) => cells.some((text) => /^(id|name|new|only)\d?/.test(text)));
      return isColumn && row >= top && row <= last;
    };

    lab.want(wanted());
    await lab.run();
    for (let round = 0; round < ROUNDS; round += 1) {
      for (let count = 0; count < 2; count += 1) {
        const one = edit();
        if (one.length > 0) await lab.edit(...one);
      }
      const before = theirs();
      change();
      lab.want(wanted());
      const during = next() < 0.4 ? edit() : [];
      const isTyped = during.some(({ kind }) => kind === 'set');
      const inWindow = lab.before(/:batchUpdate$/, async () => {
        if (during.length > 0) await lab.edit(...during);
      });
      try {
        await lab.run({ ...(next() < 0.3 ? { options: { requestBytes: 300, cellsPerRead: 20 } } : {}) });
      } catch (error) {
        expect(REFUSALS).toContain((error as { code?: string }).code);
        for (const text of before) expect([seed, round, ...theirs()]).toContain(text);
        return;
      } finally {
        // Nothing was written, so there was no window: the edit was made for the tab as it was.
        inWindow.forget();
      }
      const place = [seed, round, during];
      const size = grid();
      const top = size.findIndex((cells) => cells.includes('Id'));
      const at = ['Id', 'Name', 'N'].map((label) => size[top]?.indexOf(label) ?? -1);
      const shown = size
        .slice(top + 1, top + 1 + rows.length)
        .map((cells) => at.map((index) => cells[index]));
      expect([...place, ...shown]).toEqual([...place, ...rows.map((row) => row.map(String))]);
      if (!isTyped) expect([...place, ...theirs()]).toEqual([...place, ...before]);
      const blockText = size.flat().filter((text) => /^(id|name|new)\d/.test(text)).length;
      const wantedText = rows.flat().filter((cell) => /^(id|name|new)\d/.test(String(cell))).length;
      expect([...place, blockText]).toEqual([...place, wantedText]);
    }
  });
});
