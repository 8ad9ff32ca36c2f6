/** The machine's clock, random bytes and ids, and mail that is printed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { consoleMail } from '../../server/embedded/console-mail.ts';
import { systemClock } from '../../server/embedded/system-clock.ts';
import { systemIds } from '../../server/embedded/system-ids.ts';
import { systemRandom } from '../../server/embedded/system-random.ts';
import { seededRandom } from '../support/seeded-random.ts';

test('the clock tells the time and sleeps no shorter than asked', async () => {
  const clock = systemClock();
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000);
  const began = performance.now();
  await clock.sleep(20);
  expect(performance.now() - began).toBeGreaterThanOrEqual(19);
});

test('a sleep ends when its signal is aborted, before or during it, and takes its listener along', async () => {
  const clock = systemClock();
  const warnings: Error[] = [];
  const warn = (warning: Error): void => void warnings.push(warning);
  process.on('warning', warn);
  const controller = new AbortController();
  const month = clock.sleep(40 * 86_400_000, controller.signal);
  let isOver = false;
  void month.then(() => {
    isOver = true;
  });
  await clock.sleep(5); // A timer of more than 24.8 days fires after 1 ms unless it is cut into parts.
  expect(isOver).toBe(false);
  controller.abort();
  await month;
  await clock.sleep(40 * 86_400_000, controller.signal);
  process.off('warning', warn);
  expect(warnings).toEqual([]);
});

test('random bytes come in the wanted number and differ', () => {
  const random = systemRandom();
  expect(random.bytes(0)).toHaveLength(0);
  expect(random.bytes(33)).toHaveLength(33);
  expect(random.bytes(16)).not.toEqual(random.bytes(16));
});

test('ids are 26 lower-case characters and ascend, whatever the clock does', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 2, maxLength: 50 }),
      fc.integer(),
      (steps, seed) => {
        let now = 1_800_000_000_000;
        const ids = systemIds({ now: () => now, sleep: async () => undefined }, seededRandom(seed));
        const made = steps.map((step) => {
          now += step;
          return ids.next();
        });
        for (const id of made) expect(id).toMatch(/^[0-9a-hjkmnp-tv-z]{26}$/);
        expect(made).toEqual([...new Set(made)].sort());
      },
    ),
  );
});

test('an id after the last of a millisecond still ascends', () => {
  const ids = systemIds(
    { now: () => 5, sleep: async () => undefined },
    { bytes: (count) => new Uint8Array(count).fill(255) },
  );
  const [first, second] = [ids.next(), ids.next()];
  expect(first).toBe('0000000005zzzzzzzzzzzzzzzz');
  expect(second > first).toBe(true);
});

test('printed mail shows receiver, subject and text, and no header can be smuggled in', async () => {
  const printed: string[] = [];
  await consoleMail((text) => printed.push(text)).send({
    to: 'ann@example.com',
    subject: 'Reconnect\r\nBcc: eve@example.com',
    text: 'Two\nlines\n',
  });
  expect(printed.join('')).toBe(
    '── Mail to ann@example.com ──\nReconnect Bcc: eve@example.com\n\nTwo\nlines\n──\n',
  );
});
