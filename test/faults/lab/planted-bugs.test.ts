/** Proof that the lab works: bugs planted one at a time are each caught. Some of them in `npm test`, all in `npm run test:deep`. */
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { temporaryFolders } from '../../support/folders.ts';
import { bugs } from './bugs/index.ts';
import { type Bug, planted } from './bugs/planted.ts';
import { seekBug } from './seek-bug.ts';

const isDeep = process.env['FOLIOKEEP_DEEP'] === '1';
const root = fileURLToPath(new URL('../../../', import.meta.url));
const newFolder = temporaryFolders();
/** Caught by their first seeds. */
const quick = new Set(['append-not-address', 'exporter-never-free', 'float-money']);
const inLab = bugs.filter(({ suite, name }) => suite === undefined && (isDeep || quick.has(name)));
const bySuite = bugs.filter(({ suite }) => suite !== undefined);

test('there are bugs enough, each of which still fits into its file', () => {
  expect(bugs.length).toBeGreaterThanOrEqual(25);
  expect(new Set(bugs.map(({ name }) => name)).size).toBe(bugs.length);
  for (const bug of bugs) {
    const text = readFileSync(join(root, bug.file), 'utf8');
    expect([bug.name, planted(bug, text) === text]).toEqual([bug.name, false]);
  }
});

describe('planted in the lab', () => {
  test.each(inLab.map((bug): [string, Bug] => [bug.name, bug]))(
    '%s is caught',
    { timeout: 600_000 },
    async (_, bug) => {
      const found = await seekBug(bug, { from: 0, seeds: 300 });
      expect(found?.invariants.length).toBeGreaterThan(0);
    },
  );
});

if (isDeep) {
  describe('planted in a copy of the tree', () => {
    test.each(bySuite.map((bug): [string, Bug] => [bug.name, bug]))(
      '%s is caught by its suite',
      { timeout: 600_000 },
      (_, bug) => {
        const copy = newFolder();
        for (const part of ['server', 'shared', 'test', 'package.json', 'tsconfig.json'])
          cpSync(join(root, part), join(copy, part), { recursive: true });
        symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
        const run = (): number | null =>
          spawnSync('vitest', ['run', '--config', 'test/vitest.config.ts', bug.suite ?? ''], {
            cwd: copy,
            stdio: 'ignore',
          }).status;
        expect(run()).toBe(0);
        const file = join(copy, bug.file);
        writeFileSync(file, planted(bug, readFileSync(file, 'utf8')));
        expect(run()).toBe(1);
      },
    );
  });
}
