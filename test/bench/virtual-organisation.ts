/**
 * An organisation of the sandbox under Xero's limits and latency, pulled by the engine as a worker pulls it, all of it in this
 * process on a virtual clock: what takes minutes by Xero's limits takes none here, and work takes no virtual time.
 */

import { z } from 'zod';
import { hasEnded, type Run } from '../../server/domain/run.ts';
import { sqliteQueue } from '../../server/embedded/sqlite-queue.ts';
import { sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { callBudget } from '../../server/engine/access/call-budget.ts';
import { startRun } from '../../server/engine/start-run.ts';
import { pullDefaults } from '../../server/engine/steps/pull/pull-ports.ts';
import { pullStep } from '../../server/engine/steps/pull/pull-step.ts';
import { startWorker } from '../../server/engine/worker.ts';
import type { Network, XeroReader, XeroRequest } from '../../server/ports.ts';
import { resources } from '../../server/resources/index.ts';
import type { Resource } from '../../server/resources/resource.ts';
import { sandboxClock } from '../../server/sandbox/clock.ts';
import { seedFrom } from '../../server/sandbox/xero/company/seeded-random.ts';
import type { XeroSandboxOptions } from '../../server/sandbox/xero/xero-sandbox.ts';
import { xeroClient } from '../../server/xero/client.ts';
import { caller, ORIGIN, token } from '../sandbox/xero/caller.ts';
import { exporterDocument } from '../support/exporter-document.ts';
import { recordingLog } from '../support/recording-log.ts';
import { sandboxNetwork } from '../support/sandbox-network.ts';
import { seededIds, seededRandom } from '../support/seeded-random.ts';
import { settle, virtualClock } from '../support/virtual-clock.ts';
import { type Latency, type ListSize, type PagingRule, xeroLimits } from './call-oracle.ts';
import { idsMirror } from './ids-mirror.ts';

export interface PullMeasure {
  run: Run;
  /** From the request of the run to its end, on the virtual clock. */
  ms: number;
  /** Of lists and of reports; what was refused counts too. */
  calls: number;
  reportCalls: number;
  bytes: number;
  /** 429 answers by the limit that they name. */
  refused: Record<string, number>;
  mostInFlight: number;
}

const paginationSchema = z.object({ pagination: z.object({ itemCount: z.int(), pageCount: z.int() }) });

export type VirtualOrganisation = Awaited<ReturnType<typeof virtualOrganisation>>;

const tokenLifeMs = 25 * 60_000;
const teamId = 'team';
/** Of the event loop, until all that an answer sets off has been done: none of it waits for anything else. */
const turns = 40;

export async function virtualOrganisation(
  options: Pick<XeroSandboxOptions, 'size' | 'seed'> & { latency?: Latency; startAt?: number },
) {
  const clock = virtualClock(options.startAt ?? Date.UTC(2026, 10, 20, 0, 30));
  /** Lets time pass whenever there is nothing else to do. */
  const until = async <T>(promise: Promise<T>): Promise<T> => {
    let isOver = false;
    const over = (): void => {
      isOver = true;
    };
    promise.then(over, over);
    for (await settle(turns); !isOver; await settle(turns)) await clock.advanceToNext();
    return promise;
  };
  const { sandbox, tokens, tenantIds } = await until(
    caller({
      seed: options.seed,
      size: options.size,
      // Whole milliseconds, as clocks show them.
      clock: sandboxClock(clock.now, (ms, signal) => clock.sleep(Math.ceil(ms), signal)),
      rateLimits: true,
      ...(options.latency === undefined ? {} : { latency: options.latency }),
    }),
  );
  const organisationId = tenantIds[0] ?? '';
  const store = sqliteStore(':memory:');
  const log = recordingLog();
  const queue = sqliteQueue(':memory:', { clock, log });
  const random = seededRandom(options.seed);
  const ports = { clock, store, queue, log, random, ids: seededIds(clock, options.seed) };

  let access = { ...tokens, until: clock.now() + tokenLifeMs };
  const renewed = async (): Promise<string> => {
    if (clock.now() >= access.until) {
      const reply = await token(sandbox, {
        grant_type: 'refresh_token',
        refresh_token: access.refresh_token,
      });
      access = { ...reply.json, until: clock.now() + tokenLifeMs };
    }
    return access.access_token;
  };
  const inner = sandboxNetwork(sandbox);
  const network: Network = {
    // Without gzip nothing here waits for another thread, so that the clock moves only when everything else is done.
    request({ headers: { 'accept-encoding': _, ...headers }, ...request }, wishes) {
      inner.asked.length = 0;
      return inner.request({ ...request, headers }, wishes);
    },
  };
  const client = xeroClient({ network, clock, random }, { apiOrigin: ORIGIN });
  const budget = callBudget(ports);
  let asked: XeroRequest[] = [];
  const xeroReader: XeroReader = {
    read: (_, request, priority) =>
      budget.spend(organisationId, priority, async (note) => {
        asked.push(request);
        return client.read({ accessToken: await renewed(), organisationId }, request, note);
      }),
  };
  const mirror = idsMirror();
  const step = pullStep({ ...ports, xeroReader, openMirror: async () => mirror });
  const worker = await startWorker(ports, queue, [step], { isAlone: true });
  await store.create('exporters', 'exporter', exporterDocument({ teamId }));

  const ended = async (runId: string): Promise<Run> => {
    for (;;) {
      const run = (await store.get('runs', runId))?.data;
      if (run === undefined || hasEnded(run)) return run ?? Promise.reject(new Error('The run is gone'));
      await clock.sleep(20);
    }
  };

  return {
    sandbox,
    clock,
    organisationId,
    mirror,
    log,
    async pull(needs: { resources: readonly string[]; reports: readonly string[] }): Promise<PullMeasure> {
      const before = stateOf();
      asked = [];
      const input = { connectionId: 'c', organisationId, teamId, ...needs, resources: [...needs.resources] };
      const begunAt = clock.now();
      const { runId } = await startRun(ports, {
        teamId,
        exporterId: 'exporter',
        requestedBy: 'user',
        trigger: 'manual',
        steps: [{ kind: 'pull', input: { ...input, reports: [...needs.reports] } }],
      });
      const run = await until(ended(runId));
      const after = stateOf();
      const refused = Object.fromEntries(
        Object.entries(after.refused).map(([limit, count]) => [limit, count - (before.refused[limit] ?? 0)]),
      );
      return {
        run,
        ms: (run.endedAt ?? clock.now()) - begunAt,
        calls: asked.length,
        reportCalls: asked.filter(({ path }) => path.startsWith('Reports/')).length,
        bytes: after.bytes - before.bytes,
        refused,
        mostInFlight: after.maxInFlight,
      };
    },
    /** Lets so much time pass with nobody at work. */
    skip: (ms: number) => until(clock.sleep(ms)),
    /** Lets time pass until a pull that is asked for now makes its first call as a window of Xero's opens, as the oracle counts. */
    async beforeWindow() {
      const phase = (seedFrom(options.seed, 'window', organisationId) >>> 0) % xeroLimits.windowMs;
      const first = clock.now() + pullDefaults.gatherMs - phase;
      await until(clock.sleep(xeroLimits.windowMs - (first % xeroLimits.windowMs)));
    },
    /** How many calls it takes to read a list by a peer's rule, limits and latency left out. */
    async page({ path, query }: Resource, pageSize: number, rule: PagingRule): Promise<number> {
      sandbox.control.setLimits({ isOn: false });
      sandbox.control.setLatency({ isOn: false });
      for (let page = 1; ; page += 1) {
        const given = new URLSearchParams({ ...query, page: String(page), pageSize: String(pageSize) });
        const answer = await until(
          sandbox.handle({
            method: 'GET',
            url: `${ORIGIN}/api.xro/2.0/${path}?${given}`,
            headers: {
              authorization: `Bearer ${await until(renewed())}`,
              accept: 'application/json',
              'xero-tenant-id': organisationId,
            },
          }),
        );
        const { pagination } = paginationSchema.parse(JSON.parse(Buffer.from(answer.body).toString()));
        const records = Math.max(0, Math.min(pageSize, pagination.itemCount - (page - 1) * pageSize));
        if (records < pageSize && (rule === 'short-page' || records === 0)) return page;
        if (rule === 'page-count' && page >= pagination.pageCount) return page;
      }
    },
    /** The lists of these resources as long as the sandbox says they are. */
    async sizes(names: readonly string[]): Promise<ListSize[]> {
      const { resources: known } = await mirror.index();
      return resources
        .filter(({ name }) => names.includes(name))
        .map(({ name, paging, hasModifiedSince }) => ({
          name,
          records: known[name]?.count ?? 0,
          changed: 0,
          pageSize: paging.kind === 'whole' ? null : 1_000,
          hasModifiedSince,
        }));
    },
    close: () =>
      until(worker.stop()).then(() => {
        queue.close();
        store.close();
      }),
  };

  function stateOf() {
    const { refused, bytes, maxInFlight } = sandbox.control.state().organisations[0] ?? {
      refused: {},
      bytes: 0,
      maxInFlight: 0,
    };
    return { refused: refused as Record<string, number>, bytes, maxInFlight };
  }
}
