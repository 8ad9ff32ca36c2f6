/** Whether the server lives, and whether it can work. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Store } from '../../server/ports.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { temporaryFolders } from '../support/folders.ts';
import { type ServedWorld, servedWorld } from '../support/served-world.ts';

const folder = temporaryFolders();
let world: ServedWorld;
let isDown = false;
const canary = 'disk I/O error at a place that is nobody’s business';
beforeAll(async () => {
  world = await servedWorld({
    folder: folder(),
    store: (store): Store => ({
      ...store,
      get: (...asked) => (isDown ? Promise.reject(new Error(canary)) : store.get(...asked)),
    }),
  });
});
afterAll(() => world.close());

it('is healthy and ready', async () => {
  expect(await world.ask('/health')).toMatchObject({ status: 200, json: { status: 'ok' } });
  expect(await world.ask('/ready')).toMatchObject({ status: 200, json: { status: 'ready' } });
});

it('without its store lives on but is not ready, and says what is missing, to the log alone why', async () => {
  isDown = true;
  expect((await world.ask('/health')).status).toBe(200);
  const answer = await world.ask('/ready');
  const { detail } = expectProblem(answer, 'NOT_READY');
  expect(detail).toBe('The server cannot work now: the store does not answer.');
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect(answer.text).not.toContain('disk');
  const logged = world.log.entries.find(({ message }) => message === 'not ready');
  expect(logged?.fields['error']).toMatchObject({ message: canary });
});

it('a request that meets a bug is answered without its words and logged whole under its id', async () => {
  isDown = true;
  const cookie = { cookie: `foliokeep_session=${'A'.repeat(43)}` };
  const answer = await world.ask('/api/v1/me', { headers: cookie });
  const { instance, detail } = expectProblem(answer, 'INTERNAL');
  expect(detail).toBe(`Something went wrong on our side. It has been logged as ${instance}.`);
  expect(answer.text).not.toContain('disk');
  const logged = world.log.entries.find(
    ({ level, fields }) => level === 'error' && fields['requestId'] === instance,
  );
  expect(logged?.fields['error']).toMatchObject({ message: canary });
});
