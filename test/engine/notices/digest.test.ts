/** The daily digest: due once a day wherever its reader is, claimed once, and short however many organisations there are. */
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it, test } from 'vitest';
import { newPersonNotices, personNoticesId } from '../../../server/domain/channel.ts';
import { nextDigestAt } from '../../../server/domain/digest-time.ts';
import { makeDigests } from '../../../server/engine/notices/digests.ts';
import { failedWith, type PostWorld, postWorld, succeeded } from './post-world.ts';

describe('when it is due', () => {
  const zones = Intl.supportedValuesOf('timeZone');
  it('is one moment of each calendar day, at the time asked for, in every zone and across every change of clocks', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 23 }),
        fc.constantFrom(0, 15, 30, 45),
        fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2030, 0) }),
        (zone, hour, minute, start) => {
          const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
          let at = start;
          const days: string[] = [];
          for (let count = 0; count < 40; count += 1) {
            const next = nextDigestAt(time, zone, at);
            expect(next).toBeGreaterThan(at);
            const local = DateTime.fromMillis(next, { zone });
            days.push(local.toISODate() ?? '');
            const isAsked = local.hour === hour && local.minute === minute;
            // A time that the clocks go over comes later that day.
            if (!isAsked) expect(local.hour * 60 + local.minute).toBeGreaterThan(hour * 60 + minute);
            at = next;
          }
          const first = DateTime.fromISO(days[0] ?? '', { zone: 'utc' });
          expect(days).toEqual(days.map((_, index) => first.plus({ days: index }).toISODate()));
        },
      ),
      { numRuns: 60 },
    );
  });
});

async function wanted(world: PostWorld, userId = 'amelia'): Promise<void> {
  const digest = { isOn: true, time: '08:00', timeZone: 'Pacific/Auckland' };
  await world.store.create('personNotices', personNoticesId('team', userId), {
    ...newPersonNotices('team', userId),
    digest,
    digestAt: nextDigestAt(digest.time, digest.timeZone, world.clock.now()),
  });
}

test('two servers make one of each day, and days that were missed become one', async () => {
  const world = await postWorld();
  await wanted(world);
  await world.clock.advance(86_400_000);
  const made = await Promise.all([1, 2, 3].map(() => makeDigests(world.ports, 100)));
  expect(made.reduce((sum, one) => sum + one, 0)).toBe(1);
  await world.clock.advance(4 * 86_400_000);
  expect(await makeDigests(world.ports, 100)).toBe(1);
  expect(await makeDigests(world.ports, 100)).toBe(0);
  expect(await world.deliveries()).toHaveLength(2);
});

test('it says by organisation what failed, waits or needs its reader, the worst first', async () => {
  const world = await postWorld();
  await wanted(world);
  await world.clock.advance(12 * 3_600_000);
  for (const name of ['Aroha', 'Birch', 'Cedar']) {
    await world.connection(name, { name: `${name} Ltd` });
    for (const number of [1, 2])
      await world.exporter(`${name}${number}`, {
        connectionId: name,
        organisationId: `organisation-${name}`,
        status: name === 'Cedar' ? 'needs-reconnect' : 'active',
      });
  }
  await world.run('Aroha1', succeeded);
  await world.run('Aroha2', succeeded);
  await world.run('Birch1', failedWith('XERO_REFUSED', { problem: 'no' }));
  await world.run('Birch2', succeeded);
  await world.clock.advance(12 * 3_600_000);
  await world.post();
  const digest = world.sent.find(({ subject }) => subject.startsWith('Harbour'));
  expect(digest).toMatchObject({
    to: 'amelia@harbour.example',
    subject: 'Harbour: 2 organisations need a look',
  });
  expect(digest?.text).toContain(
    '1 organisation is up to date, 2 are not. 3 exporters ran well since yesterday.',
  );
  expect(digest?.text).toContain('Cedar Ltd: 2 need you\nBirch Ltd: 1 failed, 1 up to date');
});

test('all well is one line, and nothing at all is no mail', async () => {
  const world = await postWorld();
  await wanted(world);
  await world.connection('one', { name: 'One' });
  await world.exporter('e1', { connectionId: 'one', organisationId: 'organisation-one' });
  await world.clock.advance(86_400_000);
  await world.post();
  expect(world.sent).toEqual([]);
  await world.run('e1', succeeded);
  await world.clock.advance(86_400_000);
  await world.post();
  expect(world.sent.map(({ subject }) => subject)).toEqual(['Harbour: all is well']);
  expect(world.sent[0]?.text).toContain(
    'Your organisation is up to date. 1 exporter ran well since yesterday.',
  );
});

test('of five thousand organisations it is as short, and reads each exporter once', async () => {
  const world = await postWorld();
  await wanted(world);
  await world.connection('one', { name: 'One' });
  for (let at = 0; at < 5_000; at += 1)
    await world.exporter(`e${at}`, {
      connectionId: 'one',
      organisationId: `organisation-${at}`,
      health: {
        state: at % 50 === 0 ? 'failing' : 'well',
        since: 0,
        noticeId: null,
        lastEndedAt: world.clock.now(),
        lastSucceededAt: world.clock.now() + 80_000_000,
      },
    });
  await world.clock.advance(86_400_000);
  let queries = 0;
  const store = {
    ...world.ports.store,
    query: (...asked: Parameters<typeof world.ports.store.query>) => {
      queries += 1;
      return world.ports.store.query(...asked);
    },
  } as typeof world.ports.store;
  await world.post({ ...world.ports, store });
  expect(world.sent[0]?.subject).toBe('Harbour: 100 organisations need a look');
  expect(world.sent[0]?.text).toContain('And 70 more organisations.');
  expect(queries).toBeLessThan(60);
});
