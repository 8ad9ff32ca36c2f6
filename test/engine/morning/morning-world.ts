/**
 * Very many organisations on the virtual clock: the real engine, queue, store, slots, budgets, pull and publish, with the real
 * clients of Xero and Google over ends that keep the limits. Only the mirror is light: it keeps ids, and rows are made up.
 */
import { performance } from 'node:perf_hooks';
import type { Exporter } from '../../../server/domain/exporter.ts';
import { withSchedule } from '../../../server/domain/exporter-slots.ts';
import { hasEnded, type Run } from '../../../server/domain/run.ts';
import { sqliteQueue } from '../../../server/embedded/sqlite-queue.ts';
import { sqliteStore } from '../../../server/embedded/sqlite-store.ts';
import { googleQuota, takeGoogleTurn } from '../../../server/engine/access/google-quota.ts';
import { xeroReader } from '../../../server/engine/access/xero-reader.ts';
import { startDueSlots } from '../../../server/engine/start-due-slots.ts';
import { startRun } from '../../../server/engine/start-run.ts';
import { publishStep } from '../../../server/engine/steps/publish/publish-step.ts';
import type { WantedRows } from '../../../server/engine/steps/publish/wanted-rows.ts';
import { pullStep } from '../../../server/engine/steps/pull/pull-step.ts';
import { startWorker } from '../../../server/engine/worker.ts';
import { googleDrive } from '../../../server/google/drive.ts';
import { googleSheets } from '../../../server/google/sheets.ts';
import type { Mirror } from '../../../server/mirror/mirror.ts';
import { planRun } from '../../../server/use-cases/plan-run.ts';
import { xeroClient } from '../../../server/xero/client.ts';
import type { Schedule } from '../../../shared/contract/schedule.ts';
import { idsMirror } from '../../bench/ids-mirror.ts';
import { accessWorld, givenGrant } from '../../support/access-world.ts';
import { exporterDocument } from '../../support/exporter-document.ts';
import { seededIds, seededNumbers, seededRandom } from '../../support/seeded-random.ts';
import { googleEnd } from './google-end.ts';
import { simulatedClock } from './simulated-clock.ts';
import { allEnded, runsSince } from './stored-runs.ts';
import { type Sample, timeline } from './timeline.ts';
import { xeroEnd } from './xero-end.ts';

export const datasets = ['invoices', 'contacts', 'payments', 'bank-transactions'] as const;
/** Of one more exporter of each organisation, which people run. */
const byHandDataset = 'items';
/** A person connects so many organisations, each with a spreadsheet of its own. */
export const perPerson = 10;
/** Servers of one service, and tasks at once in each. */
const processes = 4;
const places = { concurrency: 32, urgentConcurrency: 4, pollMs: 30_000 };
const minute = 60_000;

export interface MorningOptions {
  organisations: number;
  seed?: number;
  startAt: number;
  /** Of an exporter; left out: each at 06:00 and 18:00. */
  scheduleOf?: (organisation: number, place: number) => Schedule;
}

export interface Session {
  /** From the due time to the end of the last run. */
  ms: number;
  runs: Record<string, number>;
  xeroCalls: number;
  reads: number;
  writes: number;
  /** Real time of the longest call that starts due slots. */
  longestStartMs: number;
  /** Virtual time from the request of each person's run to its start, and to its end. */
  people: Array<{ startsMs: number; endsMs: number }>;
  /** Runs that did not end before their deadline. */
  late: number;
  samples: Sample[];
}

export type Morning = Awaited<ReturnType<typeof morning>>;

export async function morning({ organisations, seed = 1, startAt, scheduleOf = twiceADay }: MorningOptions) {
  const clock = simulatedClock(startAt);
  const random = seededNumbers(seed);
  const store = sqliteStore(':memory:');
  const { ports: access } = accessWorld({ store, clock });
  const xeroNetwork = xeroEnd(clock, random);
  const google = googleEnd(clock, random);
  const queue = sqliteQueue(':memory:', { clock, log: access.log, ...places });
  const mirrors = new Map<string, Mirror>();
  /** How often the rows of a spreadsheet's exporters have changed. */
  const versions = new Map<string, number>();
  const spreadsheets: string[] = [];
  let longestStartMs = 0;

  const wantedRows: WantedRows = async ({ destination }) => ({
    columns: ['id', 'name'].map((key) => ({ key, label: key, type: 'text', path: key, isDefault: true })),
    batches: rowsOf(versions.get(destination.spreadsheetId) ?? 0),
  });
  const serverOf = (number: number) => {
    const own = {
      ...access,
      random: seededRandom(seed + number),
      ids: seededIds(clock, seed * 100 + number),
      queue,
    };
    const xero = xeroClient({ ...own, network: xeroNetwork }, { apiOrigin: 'https://xero.example' });
    const client = { ...own, network: google.network, tokens: google.tokens, quota: googleQuota(own) };
    const steps = [
      pullStep({
        ...own,
        xeroReader: xeroReader({ ...own, xero }),
        async openMirror({ teamId, organisationId }) {
          const id = `${teamId}.${organisationId}`;
          const mirror = mirrors.get(id) ?? idsMirror();
          mirrors.set(id, mirror);
          return mirror;
        },
      }),
      publishStep({
        ...own,
        sheets: googleSheets(client, { rootUrl: 'https://google.example/' }),
        drive: googleDrive(client, { rootUrl: 'https://google.example/' }),
        wantedRows,
        lineUp: takeGoogleTurn,
      }),
    ];
    const startDue = async () => {
      const began = performance.now();
      const started = await startDueSlots(own, { plan: planRun });
      longestStartMs = Math.max(longestStartMs, performance.now() - began);
      return started;
    };
    return startWorker(own, queue, steps, { isAlone: false, ...(number === 0 ? { startDue } : {}) });
  };

  const people = new Map<number, { grantId: string; googleGrantId: string }>();
  const personOf = async (organisation: number) => {
    const number = Math.floor(organisation / perPerson);
    const known = people.get(number);
    if (known !== undefined) return known;
    const tokens = {
      accessToken: `x${number}`,
      refreshToken: 'r',
      expiresAt: startAt + 10 * 24 * 60 * minute,
    };
    const subject = `person${number}`;
    const teamId = `team${number}`;
    const grantId = await givenGrant({ ports: access }, tokens, { subject, teamId });
    const googleGrantId = await givenGrant({ ports: access }, tokens, {
      subject,
      teamId,
      provider: 'google',
    });
    await google.addPerson(googleGrantId, `${subject}@books.example`);
    people.set(number, { grantId, googleGrantId });
    return { grantId, googleGrantId };
  };
  const addOrganisation = async (number: number): Promise<void> => {
    const teamId = `team${Math.floor(number / perPerson)}`;
    const { grantId, googleGrantId } = await personOf(number);
    const spreadsheetId = await google.addSpreadsheet(googleGrantId, `Books ${number}`);
    spreadsheets.push(spreadsheetId);
    const connectionId = `connection${number}`;
    const organisationId = `organisation${number}`;
    await store.create('connections', connectionId, {
      v: 1,
      teamId,
      grantId,
      organisationId,
      xeroConnectionId: `x${number}`,
      name: `Organisation ${number}`,
      status: 'active',
      countryCode: 'NZ',
      baseCurrency: 'NZD',
      timeZone: 'UTC',
      connectedAt: startAt,
    });
    for (const [place, dataset] of [...datasets, byHandDataset].entries()) {
      const of: Partial<Exporter> = { teamId, connectionId, organisationId, dataset, name: dataset };
      const destination = { spreadsheetId, googleGrantId, tabTitle: dataset };
      const exporter = exporterDocument({ ...of, destination });
      const schedule = dataset === byHandDataset ? null : scheduleOf(number, place);
      await store.create(
        'exporters',
        exporterOf(number, dataset),
        withSchedule(exporter, schedule, clock.now()),
      );
    }
  };

  /** A person runs one exporter now; resolves once it has ended. */
  const runByHand = async (exporterId: string): Promise<{ startsMs: number; endsMs: number }> => {
    const exporter = (await store.get('exporters', exporterId))?.data;
    if (exporter === undefined) throw new Error('no such exporter');
    const asked = { teamId: exporter.teamId, exporterId, requestedBy: 'user', trigger: 'manual' as const };
    const began = clock.now();
    const { runId } = await startRun(
      { ...access, queue },
      { ...asked, steps: planRun(exporterId, exporter) },
    );
    for (;;) {
      const run = (await store.get('runs', runId))?.data;
      if (run !== undefined && hasEnded(run))
        return {
          startsMs: (run.startedAt ?? Number.NaN) - began,
          endsMs: (run.endedAt ?? Number.NaN) - began,
        };
      await clock.sleep(500);
    }
  };

  const watchedWorld = {
    counts: () => ({
      xeroCalls: xeroNetwork.calls(),
      reads: google.calls.read,
      writes: google.calls.write,
    }),
    lineEndsAt: async () => (await store.get('allowances', 'google-read'))?.data.lineEndsAt ?? 0,
  };

  /** The rows of every so many-th spreadsheet are others from now on. Answers how many those are. */
  const change = (every: number): number => {
    const changed = spreadsheets.filter((_, number) => number % every === 0);
    for (const id of changed) versions.set(id, (versions.get(id) ?? 0) + 1);
    return changed.length;
  };

  for (let number = 0; number < organisations; number += 1) await clock.until(addOrganisation(number));
  const workers = await clock.until(
    Promise.all(Array.from({ length: processes }, (_, number) => serverOf(number))),
  );

  return {
    clock,
    xero: xeroNetwork,
    google,
    change,
    /** Until then, and until every run has ended: all runs. Every so many-th spreadsheet changes in the middle of each `everyMs`. */
    pass: (until: number, { everyMs, changed }: { everyMs: number; changed: number }): Promise<Run[]> =>
      clock.until(
        (async () => {
          for (let at = startAt + everyMs / 2; at < until; at += everyMs) {
            await clock.sleep(at - clock.now());
            change(changed);
          }
          await clock.sleep(until + minute - clock.now());
          await allEnded(store, clock);
          return runsSince(store, startAt);
        })(),
      ),
    /** From shortly before the slot until every run has ended. `byHand`: exporters that people run so long after the slot. */
    session: (
      dueAt: number,
      byHand: ReadonlyArray<{ afterMs: number; exporterId: string }> = [],
    ): Promise<Session> =>
      clock.until(
        (async () => {
          await clock.sleep(dueAt - 5_000 - clock.now());
          const before = { xero: xeroNetwork.calls(), ...google.calls };
          longestStartMs = 0;
          await clock.sleep(dueAt + 1_000 - clock.now());
          const people = byHand.map(async ({ afterMs, exporterId }) => {
            await clock.sleep(dueAt + afterMs - clock.now());
            return runByHand(exporterId);
          });
          let isOver = false;
          const watched = timeline(clock, watchedWorld, dueAt, () => isOver);
          const done = await Promise.all(people);
          await allEnded(store, clock);
          isOver = true;
          const samples = await watched;
          const runs = await runsSince(store, dueAt);
          return {
            ms: Math.max(...runs.map(({ endedAt }) => endedAt ?? Number.NaN)) - dueAt,
            runs: Object.fromEntries(
              [...Map.groupBy(runs, ({ status }) => status)].map(([status, of]) => [status, of.length]),
            ),
            xeroCalls: xeroNetwork.calls() - before.xero,
            reads: google.calls.read - before.read,
            writes: google.calls.write - before.write,
            longestStartMs,
            people: done,
            late: runs.filter(({ endedAt, deadlineAt }) => (endedAt ?? deadlineAt) >= deadlineAt).length,
            samples,
          };
        })(),
      ),
    async close(): Promise<void> {
      await clock.until(Promise.all(workers.map((worker) => worker.stop())));
      queue.close();
      store.close();
    },
  };
}

const twiceADay = (): Schedule => ({ cadence: 'every-hours', hours: 12, at: '06:00', zone: 'Etc/UTC' });

/** Made together, so that they lie beside each other, as ids do. */
export const exporterOf = (organisation: number, dataset: string): string =>
  `e${String(organisation).padStart(5, '0')}-${dataset}`;

/** What people run in an organisation. */
export const byHandIn = (organisation: number): string => exporterOf(organisation, byHandDataset);

async function* rowsOf(version: number): AsyncGenerator<{ rows: string[][]; gaps: [] }> {
  yield { rows: Array.from({ length: 3 }, (_, row) => [`id${row}`, `name ${version}`]), gaps: [] };
}
