/** The line of those who wait in one process. */
import { expect, test } from 'vitest';
import { priorityLine } from '../../../server/engine/access/priority-line.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

test('people come first, then schedules, then backups, and each as they came', async () => {
  const gate = Promise.withResolvers<void>();
  const line = priorityLine<number>(virtualClock(), async (waiting) => {
    await gate.promise;
    for (let number = 1; waiting.first() !== undefined; number += 1) waiting.give(number);
  });
  const taken = [
    line.take('backup'),
    line.take('scheduled'),
    line.take('manual'),
    line.take('scheduled'),
    line.take('manual'),
  ];
  gate.resolve();
  expect(await Promise.all(taken)).toEqual([5, 3, 1, 4, 2]);
});

test('whoever comes as the serving ends is served too', async () => {
  let served = 0;
  const late: Array<Promise<void>> = [];
  const line = priorityLine<void>(virtualClock(), async (waiting) => {
    served += 1;
    waiting.give();
    // Between the last look and the end of serving.
    if (served === 1) late.push(line.take('manual'));
  });
  await line.take('scheduled');
  await Promise.all(late);
  expect(served).toBe(2);
});

test('a priority that is refused leaves the others in the line; a failure of serving refuses all of them', async () => {
  const clock = virtualClock();
  const line = priorityLine<string>(clock, async (waiting) => {
    await Promise.resolve();
    waiting.refuse('backup', new Error('too long'));
    expect(waiting.count()).toBe(2);
    expect(waiting.count('scheduled')).toBe(1);
    expect(waiting.first()).toEqual({
      priority: 'manual',
      since: clock.now(),
      give: expect.anything(),
      refuse: expect.anything(),
    });
    waiting.give('here');
    throw new Error('the store is gone');
  });
  const taken = [line.take('backup'), line.take('manual'), line.take('scheduled')];
  const outcomes = await Promise.allSettled(taken);
  expect(outcomes.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message))).toEqual([
    'too long',
    'here',
    'the store is gone',
  ]);
});
