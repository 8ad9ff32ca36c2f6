/** The erasing of an organisation is interrupted at each of its effects, before and after, and is made good by the next tick. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { KilledErasing } from './deletion-kills.ts';

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

test('an erasing that dies at any effect leaves nothing, takes nothing of others and issues one receipt', {
  timeout: 300_000,
}, () => {
  const run = spawnSync(process.execPath, ['--import', file('one-thread.ts'), file('deletion-kills.ts')], {
    encoding: 'utf8',
  });
  expect(run.status, run.stderr).toBe(0);
  const lines = run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as KilledErasing);
  expect(lines.filter(({ violations }) => violations.length > 0)).toEqual([]);
  expect([...new Set(lines.map(({ label, when }) => `${label} ${when}`))]).toEqual(
    [
      'blobs.delete',
      'blobs.list',
      'blobs.size',
      'store.delete',
      'store.get',
      'store.query',
      'store.transaction',
    ].flatMap((label) => [`${label} before`, `${label} after`]),
  );
});
