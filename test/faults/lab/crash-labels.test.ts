/** Each labelled crash point, killed before and after its effect in each kind of step; a new label that nothing kills fails here. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import type { CrashLine } from './crash-labels.ts';
import { effects } from './effects.ts';

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
let lines: CrashLine[];
beforeAll(() => {
  const run = spawnSync(process.execPath, ['--import', file('one-thread.ts'), file('crash-labels.ts')], {
    encoding: 'utf8',
    maxBuffer: 64_000_000,
  });
  if (run.status !== 0) throw new Error(run.stderr);
  lines = run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as CrashLine);
}, 500_000);

const labels = () => {
  const found = lines.find((line) => line.kind === 'labels');
  if (found === undefined) throw new Error('no labels were printed');
  return found;
};
const kills = () => lines.filter((line) => line.kind === 'killed');

test('a process that dies at any label, before or after its effect, in any kind of step, breaks no invariant', () => {
  const wrong = kills().filter(({ isDead, violations }) => !isDead || violations.length > 0);
  expect(wrong).toEqual([]);
  expect(new Set(kills().map(({ step }) => step))).toEqual(new Set(['engine', 'pull', 'publish']));
  expect(kills().length).toBeGreaterThan(60);
});

test('every label that is wired is killed here, or says where', () => {
  const { all, reached } = labels();
  const elsewhere = Object.keys(effects).filter((label) => effects[label]?.elsewhere !== undefined);
  expect(all).toEqual(Object.keys(effects).sort());
  expect(reached.filter((label) => elsewhere.includes(label))).toEqual([]);
  expect([...reached, ...elsewhere].sort()).toEqual(all);
  const killed = new Set(kills().map(({ label, when }) => `${label} ${when}`));
  expect([...killed].sort()).toEqual(
    reached.flatMap((label) => [`${label} after`, `${label} before`]).sort(),
  );
});

test('whatever is unsafe to repeat is known', () => {
  const unsafe = Object.keys(effects).filter((label) => effects[label]?.class === 'unsafe');
  expect(unsafe).toEqual([
    'mail.send',
    'xeroOAuth.refresh',
    'xeroOAuth.exchange',
    'googleOAuth.exchange',
    'drive.createSpreadsheet',
  ]);
});
