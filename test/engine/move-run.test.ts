/** The one way in which a run changes. */
import { expect, test } from 'vitest';
import { moveRun } from '../../server/engine/move-run.ts';
import { engineBench } from './bench.ts';

test('a move outside the table is not written', async () => {
  const bench = await engineBench();
  const before = await bench.ports.store.get('runs', bench.runId);
  await expect(moveRun(bench.ports, bench.runId, (run) => ({ ...run, status: 'succeeded' }))).rejects.toThrow(
    'A run may not move from queued to succeeded',
  );
  expect(await bench.ports.store.get('runs', bench.runId)).toEqual(before);
});

test('nothing is written when nothing is decided', async () => {
  const bench = await engineBench();
  const before = await bench.ports.store.get('runs', bench.runId);
  expect(await moveRun(bench.ports, bench.runId, (run) => run)).toEqual(before?.data);
  expect(await moveRun(bench.ports, bench.runId, () => undefined)).toBeUndefined();
  expect(await moveRun(bench.ports, 'gone', (run) => run)).toBeUndefined();
  expect(await bench.ports.store.get('runs', bench.runId)).toEqual(before);
});
