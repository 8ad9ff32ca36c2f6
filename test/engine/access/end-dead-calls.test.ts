/** What a dead process had reserved keeps its successor waiting no longer than Xero may still count it. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { callBudget } from '../../../server/engine/access/call-budget.ts';
import { endDeadCalls } from '../../../server/engine/access/end-dead-calls.ts';
import { type AccessWorld, accessWorld, until } from '../../support/access-world.ts';

let world: AccessWorld;
beforeEach(() => {
  world = accessWorld();
});
afterEach(() => world.store.close());

/** Five calls that never come back, as those of a process that was killed. */
async function dieWithFiveInFlight(organisationId: string): Promise<void> {
  const dead = callBudget(world.ports);
  let begun = 0;
  for (let call = 0; call < 5; call += 1)
    void dead.spend(organisationId, 'manual', () => {
      begun += 1;
      return new Promise(() => undefined);
    });
  await expect.poll(() => begun).toBe(5);
}

const call = (organisationId: string) =>
  callBudget(world.ports).spend(organisationId, 'manual', async () => 'answer');

test('a call of the next process goes out five seconds after its start, not at the end of the longest call', async () => {
  await dieWithFiveInFlight('org');
  expect(await endDeadCalls(world.ports)).toBeGreaterThan(0);
  const began = world.clock.now();
  expect(await until(world.clock, call('org'))).toBe('answer');
  expect(world.clock.now() - began).toBeGreaterThan(3_000);
  expect(world.clock.now() - began).toBeLessThan(8_000);
});

test('the dead calls stay spent', async () => {
  await dieWithFiveInFlight('org');
  await endDeadCalls(world.ports);
  await until(world.clock, call('org'));
  const minute = (await world.store.get('budgets', 'org'))?.data.windows.minute;
  expect(minute?.left).toBe(60 - 5 - 1);
});

test('twice is once, over more organisations than one page', async () => {
  await dieWithFiveInFlight('org');
  const dead = await world.store.get('budgets', 'org');
  if (!dead) throw new Error('The dead process reserved nothing');
  for (let index = 0; index < 100; index += 1) await world.store.create('budgets', `org-${index}`, dead.data);
  expect(await endDeadCalls(world.ports)).toBeGreaterThan(100);
  expect(await endDeadCalls(world.ports)).toBe(0);
});
