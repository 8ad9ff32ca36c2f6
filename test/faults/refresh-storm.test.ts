/** A hundred workers on one grant for hours, with answers lost, workers dead after the rotation and pauses beyond every timeout. */
import { expect, test } from 'vitest';
import { refreshTimeoutMs } from '../../server/domain/grant.ts';
import { accessTokenOf } from '../../server/engine/access/access-token.ts';
import { accessWorld, givenGrant } from '../support/access-world.ts';
import { rotatingTokens } from '../support/rotating-tokens.ts';
import { seededIds, seededNumbers } from '../support/seeded-random.ts';
import { seeds } from '../support/seeds.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const minute = 60_000;
const workers = 100;
/** Hours enough for the token to run out some times. */
const lastsMs = 100 * minute;

test.each(seeds(12, 1_000).map((seed) => [seed]))(
  'seed %i loses no grant',
  { timeout: 120_000 },
  async (seed) => {
    const next = seededNumbers(seed + 1);
    const clock = virtualClock();
    const xero = rotatingTokens(clock);
    const world = accessWorld({ clock }, seed);
    try {
      const grantId = await givenGrant(world, xero.first());
      const rates = { loss: next() * 0.6, death: next() * 0.1, pause: next() * 0.2 };
      const worker = async (number: number): Promise<void> => {
        const ids = seededIds(clock, seed * 1_000 + number);
        const xeroOAuth = xero.provider({
          // Up to just under the timeout, after which the exchange has been given up.
          delayMs: () => (next() < rates.pause ? next() * (refreshTimeoutMs - 1_000) : next() * 2_000),
          fault: () => (next() >= rates.loss ? 'none' : next() < 0.5 ? 'lost-before' : 'lost-after'),
          dies: () => next() < rates.death,
        });
        const ports = { ...world.ports, clock, ids, xeroOAuth };
        const end = clock.now() + lastsMs;
        while (clock.now() < end) {
          const outcome = await Promise.race([
            accessTokenOf(ports, grantId).catch((error: unknown) => error),
            // Dead, or as good as: the next life begins.
            clock.sleep(10 * minute),
          ]);
          if (typeof outcome === 'string') expect([seed, xero.isValid(outcome)]).toEqual([seed, true]);
          else if (outcome !== undefined)
            expect(outcome).toHaveProperty(
              'code',
              expect.stringMatching(/^(NETWORK|XERO_UNAVAILABLE|LEASE_HELD|FENCED_OUT)$/),
            );
          await clock.sleep(Math.round(next() * 20 * minute));
        }
      };
      const all = Promise.all(Array.from({ length: workers }, (_, number) => worker(number)));
      let isOver = false;
      const over = () => {
        isOver = true;
      };
      all.then(over, over);
      while (!isOver) await clock.advance(minute);
      await all;
      const grant = (await world.store.get('grants', grantId))?.data;
      expect({
        seed,
        mostInFlight: xero.counts.mostInFlight,
        refused: xero.counts.refused,
        status: grant?.status,
      }).toEqual({ seed, mostInFlight: 1, refused: 0, status: 'active' });
      expect(xero.counts.rotations).toBeGreaterThan(2);
    } finally {
      world.store.close();
    }
  },
);
