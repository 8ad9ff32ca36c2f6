/** Every form in which Xero says that it is enough, through the real client, budgets and engine: each wait is kept, seen, and no loop. */
import { afterEach, describe, expect, test } from 'vitest';
import type { HttpResponse } from '../../server/domain/http-message.ts';
import type { Run } from '../../server/domain/run.ts';
import { hasEnded } from '../../server/domain/run.ts';
import { sqliteQueue } from '../../server/embedded/sqlite-queue.ts';
import { sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { xeroReader } from '../../server/engine/access/xero-reader.ts';
import { startRun } from '../../server/engine/start-run.ts';
import type { StepKind } from '../../server/engine/step.ts';
import { startWorker } from '../../server/engine/worker.ts';
import { xeroClient } from '../../server/xero/client.ts';
import { accessWorld, givenGrant } from '../support/access-world.ts';
import { exporterDocument } from '../support/exporter-document.ts';
import { fixedWindows } from './morning/fixed-windows.ts';
import { simulatedClock } from './morning/simulated-clock.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const startAt = Date.UTC(2026, 10, 21, 6);
const callsOfRun = 3;

type Answer = (organisation: string, now: number) => HttpResponse | undefined;

const closes: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of closes.splice(0)) await close();
});

/** Two organisations, `a` and `b`; `refuse` answers for Xero where it is not undefined. */
async function world(refuse: Answer, calls = callsOfRun) {
  const clock = simulatedClock(startAt);
  const store = sqliteStore(':memory:');
  const { ports } = accessWorld({ store, clock });
  const queue = sqliteQueue(':memory:', { clock, log: ports.log, pollMs: 30_000 });
  const asked: Array<{ organisation: string; at: number; status: number }> = [];
  const network = {
    async request({ headers }: { headers: Readonly<Record<string, string>> }): Promise<HttpResponse> {
      await clock.sleep(100);
      const organisation = headers['xero-tenant-id'] ?? '';
      const answer = refuse(organisation, clock.now()) ?? {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: new TextEncoder().encode('{}'),
      };
      asked.push({ organisation, at: clock.now(), status: answer.status });
      await clock.sleep(100);
      return answer;
    },
  };
  const reader = xeroReader({
    ...ports,
    xero: xeroClient({ ...ports, network }, { apiOrigin: 'https://x' }),
  });
  const reads: StepKind = {
    kind: 'reads',
    async advance(connectionId, place, { trigger }) {
      const done = Number(place ?? 0);
      await reader.read(String(connectionId), { path: 'Contacts', query: {} }, trigger);
      return done + 1 === calls ? { kind: 'done' } : { kind: 'more', checkpoint: done + 1 };
    },
  };
  const tokens = { accessToken: 'x', refreshToken: 'r', expiresAt: startAt + 1_000 * hour };
  const grantId = await givenGrant({ ports }, tokens);
  for (const organisationId of ['a', 'b']) {
    await store.create('connections', organisationId, {
      v: 1,
      teamId: 'team',
      grantId,
      organisationId,
      xeroConnectionId: organisationId,
      name: organisationId,
      status: 'active',
      countryCode: '',
      baseCurrency: '',
      timeZone: '',
      connectedAt: startAt,
    });
    await store.create('exporters', organisationId, exporterDocument({ connectionId: organisationId }));
  }
  const worker = await startWorker({ ...ports, queue }, queue, [reads], { isAlone: false });
  closes.push(async () => {
    await clock.until(worker.stop());
    queue.close();
    store.close();
  });
  const start = async (organisation: string): Promise<string> => {
    const steps = [{ kind: 'reads', input: organisation }];
    const asks = {
      teamId: 'team',
      exporterId: organisation,
      requestedBy: 'user',
      trigger: 'manual' as const,
    };
    return (await startRun({ ...ports, queue }, { ...asks, steps })).runId;
  };
  const ended = async (runId: string): Promise<{ run: Run; waits: Set<string>; latestDueAt: number }> => {
    const waits = new Set<string>();
    let latestDueAt = 0;
    for (;;) {
      const run = (await store.get('runs', runId))?.data;
      if (run === undefined) throw new Error('The run is gone');
      if (run.waitingFor !== null) {
        waits.add(run.waitingFor.code);
        latestDueAt = Math.max(latestDueAt, run.dueAt ?? 0);
      }
      if (hasEnded(run)) return { run, waits, latestDueAt };
      await clock.sleep(Math.max(100, ((run.dueAt ?? 0) - clock.now()) / 2));
    }
  };
  return { clock, asked, start, ended };
}

const refusal = (headers: Record<string, string>): HttpResponse => ({
  status: 429,
  headers,
  body: new Uint8Array(),
});

interface Form {
  name: string;
  problem?: string;
  retryAfter?: string;
  /** How long Xero goes on refusing. */
  forMs: number;
  code: string;
  /** From the refusal until the next call. */
  leastMs: number;
  mostMs: number;
}

const inDate = new Date(startAt + 45 * second).toUTCString();
const forms: Form[] = [
  {
    name: 'minute',
    problem: 'minute',
    retryAfter: '30',
    forMs: 30 * second,
    code: 'XERO_MINUTE_LIMIT',
    leastMs: 30 * second,
    mostMs: 33 * second,
  },
  {
    name: 'minute, Retry-After missing',
    problem: 'minute',
    forMs: minute,
    code: 'XERO_MINUTE_LIMIT',
    leastMs: minute,
    mostMs: 63 * second,
  },
  {
    name: 'minute, Retry-After zero',
    problem: 'Minute',
    retryAfter: '0',
    forMs: minute,
    code: 'XERO_MINUTE_LIMIT',
    leastMs: minute,
    mostMs: 63 * second,
  },
  {
    name: 'minute, Retry-After negative',
    problem: 'minute',
    retryAfter: '-7',
    forMs: minute,
    code: 'XERO_MINUTE_LIMIT',
    leastMs: minute,
    mostMs: 63 * second,
  },
  {
    name: 'minute, Retry-After in words',
    problem: 'minute',
    retryAfter: 'soon',
    forMs: minute,
    code: 'XERO_MINUTE_LIMIT',
    leastMs: minute,
    mostMs: 63 * second,
  },
  {
    name: 'minute, Retry-After as a date',
    problem: 'minute',
    retryAfter: inDate,
    forMs: 44 * second,
    code: 'XERO_MINUTE_LIMIT',
    leastMs: 43 * second,
    mostMs: 48 * second,
  },
  {
    name: 'minute, Retry-After huge',
    problem: 'minute',
    retryAfter: '99999999999',
    forMs: minute,
    code: 'XERO_MINUTE_LIMIT',
    leastMs: hour,
    mostMs: hour + 3 * second,
  },
  {
    name: 'day',
    problem: 'day',
    retryAfter: '60000',
    forMs: 60_000 * second,
    code: 'XERO_DAY_LIMIT',
    leastMs: 60_000 * second,
    mostMs: 60_003 * second,
  },
  {
    name: 'day, Retry-After missing',
    problem: 'DayLimit',
    forMs: hour,
    code: 'XERO_DAY_LIMIT',
    leastMs: hour,
    mostMs: hour + 3 * second,
  },
  {
    name: 'day, Retry-After huge',
    problem: 'daily',
    retryAfter: '9'.repeat(400),
    forMs: hour,
    code: 'XERO_DAY_LIMIT',
    leastMs: 25 * hour,
    mostMs: 25 * hour + 3 * second,
  },
  {
    name: 'app minute',
    problem: 'appminute',
    retryAfter: '20',
    forMs: 20 * second,
    code: 'XERO_APP_LIMIT',
    leastMs: 20 * second,
    mostMs: 23 * second,
  },
  {
    name: 'app minute, Retry-After zero',
    problem: 'AppMinute',
    retryAfter: '0',
    forMs: minute,
    code: 'XERO_APP_LIMIT',
    leastMs: minute,
    mostMs: 63 * second,
  },
  {
    name: 'concurrency, which has no Retry-After',
    problem: 'concurrent',
    forMs: 300,
    code: 'XERO_BUSY',
    leastMs: 250,
    mostMs: 3 * second,
  },
  { name: 'nothing at all', forMs: 300, code: 'XERO_BUSY', leastMs: 250, mostMs: 3 * second },
  {
    name: 'an unknown problem',
    problem: 'teapot',
    forMs: 300,
    code: 'XERO_BUSY',
    leastMs: 250,
    mostMs: 3 * second,
  },
  {
    name: 'an unknown problem for half a minute',
    problem: 'teapot',
    retryAfter: '30',
    forMs: 30 * second,
    code: 'XERO_MINUTE_LIMIT',
    leastMs: 30 * second,
    mostMs: 33 * second,
  },
  {
    name: 'an unknown problem for hours',
    problem: 'teapot',
    retryAfter: '7200',
    forMs: 2 * hour,
    code: 'XERO_DAY_LIMIT',
    leastMs: 2 * hour,
    mostMs: 2 * hour + 3 * second,
  },
];

describe('a 429', () => {
  test.each(forms)(
    '$name: waits once and long enough, counts as no attempt, and others go on',
    async (form) => {
      const headers = {
        ...(form.problem === undefined ? {} : { 'x-rate-limit-problem': form.problem }),
        ...(form.retryAfter === undefined ? {} : { 'retry-after': form.retryAfter }),
      };
      let firstAt = 0;
      const { clock, asked, start, ended } = await world((organisation, now) => {
        if (organisation !== 'a') return undefined;
        firstAt ||= now;
        return now < firstAt + form.forMs ? refusal(headers) : undefined;
      });
      const runs = await clock.until(
        (async () => {
          const mine = ended(await start('a'));
          await clock.sleep(500);
          const began = clock.now();
          const other = await ended(await start('b'));
          const otherMs = clock.now() - began;
          return { mine: await mine, other, otherMs };
        })(),
      );
      const { run, waits, latestDueAt } = runs.mine;
      expect([run.status, run.rescues, [...waits]]).toEqual(['succeeded', 0, [form.code]]);
      const own = asked.filter(({ organisation }) => organisation === 'a');
      const refused = own.filter(({ status }) => status === 429);
      expect(refused).toHaveLength(1);
      const waitedMs = (own[1]?.at ?? 0) - (own[0]?.at ?? 0);
      expect(waitedMs).toBeGreaterThanOrEqual(form.leastMs);
      expect(waitedMs).toBeLessThanOrEqual(form.mostMs);
      // What people see is when it goes on.
      expect(Math.abs((own[1]?.at ?? 0) - latestDueAt)).toBeLessThan(2 * second);
      expect(runs.other.run.status).toBe('succeeded');
      const isForAll = form.code === 'XERO_APP_LIMIT';
      if (isForAll) expect(runs.otherMs).toBeGreaterThan(form.leastMs - second);
      else expect(runs.otherMs).toBeLessThan(3 * second);
    },
  );

  test.each([
    ['concurrency', { 'x-rate-limit-problem': 'concurrent' }, 30],
    ['nothing said', {}, 30],
    ['a minute that never ends', { 'x-rate-limit-problem': 'minute', 'retry-after': '0' }, 30],
    ['a day that never ends', { 'x-rate-limit-problem': 'day', 'retry-after': '-1' }, 3],
  ])(
    'of %s for half an hour is asked about few times, and the run goes on afterwards',
    async (_, headers, most) => {
      const until = startAt + 30 * minute;
      const { clock, asked, start, ended } = await world((organisation, now) =>
        organisation === 'a' && now < until ? refusal(headers) : undefined,
      );
      const { run } = await clock.until((async () => ended(await start('a')))());
      expect(run.status).toBe('succeeded');
      expect(asked.filter(({ status }) => status === 429).length).toBeLessThanOrEqual(most + 8);
      expect((run.endedAt ?? 0) - until).toBeLessThan(hour + minute);
    },
  );
});

describe('limits that change while a run is under way', () => {
  const counted = (limit: (now: number) => number, others: (now: number) => number): Answer => {
    const windows = fixedWindows(1_000_000, minute, startAt + 17 * second);
    let seen = Number.NaN;
    let taken = 0;
    return (_, now) => {
      const ends = windows.endsAt(now);
      if (ends !== seen) {
        seen = ends;
        taken = 0;
      }
      taken += 1;
      const left = limit(now) - taken - others(now - (ends - minute));
      const headers = { 'x-minlimit-remaining': String(Math.max(0, left)), 'x-daylimit-remaining': '4000' };
      if (left < 0)
        return refusal({
          ...headers,
          'x-rate-limit-problem': 'minute',
          'retry-after': String(Math.ceil((ends - now) / second)),
        });
      return {
        status: 200,
        headers: { ...headers, 'content-type': 'application/json' },
        body: new TextEncoder().encode('{}'),
      };
    };
  };

  test('are learned from what remains: a smaller one, a larger one, and others who use it too', async () => {
    const answer = counted(
      (now) => (now < startAt + 3 * minute ? 60 : now < startAt + 6 * minute ? 20 : 120),
      (sinceMs) => Math.floor(sinceMs / (6 * second)),
    );
    const { clock, asked, start, ended } = await world(answer, 250);
    const { run } = await clock.until((async () => ended(await start('a')))());
    expect(run.status).toBe('succeeded');
    // Xero has to say it at most once for each change.
    expect(asked.filter(({ status }) => status === 429).length).toBeLessThanOrEqual(6);
    expect((run.endedAt ?? 0) - startAt).toBeLessThan(10 * minute);
  });
});
