/** Proof that the lab works: bugs planted one at a time are each caught. Some of them in `npm test`, all in `npm run test:deep`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { bugs } from './bugs/index.ts';
import { type Bug, patchesOf, planted } from './bugs/planted.ts';
import { seekBug } from './seek-bug.ts';

const isDeep = process.env['FOLIOKEEP_DEEP'] === '1';
const root = fileURLToPath(new URL('../../../', import.meta.url));
/** Caught by their first seeds. */
const quick = new Set(['exporter-never-free', 'float-money', 'retry-after-ignored']);
const chosen = bugs.filter(({ name }) => isDeep || quick.has(name));

test('there are bugs enough, each of which still fits into its files', () => {
  expect(bugs.length).toBeGreaterThanOrEqual(25);
  expect(new Set(bugs.map(({ name }) => name)).size).toBe(bugs.length);
  for (const bug of bugs)
    for (const patch of patchesOf(bug)) {
      const text = readFileSync(join(root, patch.file), 'utf8');
      expect([bug.name, planted(bug.name, patch, text) === text]).toEqual([bug.name, false]);
    }
});

test('a bug whose text is gone from its file, or stands there twice, is not passed over', () => {
  const patch = { file: 'a.ts', search: 'one', replace: 'two' };
  expect(planted('b', patch, 'one')).toBe('two');
  expect(() => planted('b', patch, 'on')).toThrow('bug b: its text stands 0 times in a.ts');
  expect(() => planted('b', patch, 'one one')).toThrow('bug b: its text stands 2 times in a.ts');
});

describe('planted in the lab', () => {
  test.each(chosen.map((bug): [string, string, Bug] => [bug.name, bug.by, bug]))(
    '%s is caught by %s, and the same seed without it is innocent',
    { timeout: 600_000 },
    async (_name, _by, bug) => {
      const found = await seekBug(bug, { from: 0, seeds: 60 });
      expect(found?.what).toBeDefined();
      expect(found?.innocent).toEqual([]);
    },
  );
});
