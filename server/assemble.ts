/**
 * Wires the product from a configuration and the adapters of one home (this machine, or a cloud): ports around ports, steps,
 * worker, routes. `main.ts` gives it the embedded adapters; tests give it a virtual clock and a sandbox in process.
 */
import type { Express } from 'express';
import type { Config } from './config.ts';
import { datasetById } from './datasets/index.ts';
import { rowsOf } from './datasets/rows-of.ts';
import { takeGoogleTurn } from './engine/access/google-quota.ts';
import { renewIdleGrants } from './engine/access/renew-idle-grants.ts';
import { postRound } from './engine/notices/post-round.ts';
import { wakePost, wakePostSoon, withPostTasks } from './engine/notices/post-tasks.ts';
import { type EngineOptions, engineDefaults } from './engine/options.ts';
import { startDueSlots } from './engine/start-due-slots.ts';
import type { LineUp } from './engine/steps/publish/gathering.ts';
import { publishStep } from './engine/steps/publish/publish-step.ts';
import type { WantedRows } from './engine/steps/publish/wanted-rows.ts';
import type { PullOptions } from './engine/steps/pull/pull-ports.ts';
import { pullStep } from './engine/steps/pull/pull-step.ts';
import { pruneRuns } from './engine/upkeep/prune-runs.ts';
import { settleSlots } from './engine/upkeep/settle-slots.ts';
import { tidyGatherings } from './engine/upkeep/tidy-gatherings.ts';
import { tidyMirrors } from './engine/upkeep/tidy-mirrors.ts';
import { warnOfEnds } from './engine/upkeep/warn-of-ends.ts';
import { startWorker } from './engine/worker.ts';
import { RetryError } from './errors.ts';
import { createApp } from './http/app.ts';
import { handlersOf, type RunActs } from './http/handlers.ts';
import { openMirror } from './mirror/open-mirror.ts';
import type { Ports } from './ports.ts';
import { cancelRun } from './use-cases/cancel-run.ts';
import { checkDueConnections } from './use-cases/check-due-connections.ts';
import { eraseDue } from './use-cases/erase-due.ts';
import { deleteExporter } from './use-cases/exporters.ts';
import { planRun } from './use-cases/plan-run.ts';
import { startExporterRun } from './use-cases/start-run.ts';
import { type Home, wirePorts } from './wire-ports.ts';
import { xeroFields } from './xero/fields.ts';

export interface AssembleOptions {
  config: Config;
  /** Folder of the built dashboard; undefined serves the API alone. */
  dashboardFolder: string | undefined;
  engine?: Partial<EngineOptions>;
  pull?: Partial<PullOptions>;
}

export interface Assembly {
  ports: Ports;
  app: Express;
  /** Takes tasks until `stop`, which resolves when nothing runs any more. */
  startWorker(): Promise<{ stop(): Promise<void> }>;
}

export function assemble(home: Home, options: AssembleOptions): Assembly {
  const { config } = options;
  const ports = wirePorts(home, config);
  const engine: EngineOptions = {
    ...engineDefaults,
    ...config.engine,
    heartbeatMs: Math.min(engineDefaults.heartbeatMs, Math.floor(config.engine.leaseMs / 4)),
    ...options.engine,
  };
  const mirrors = {
    openMirror: (ref: Parameters<typeof openMirror>[1]) => openMirror({ ...ports, query: home.query }, ref),
  };
  const wantedRows: WantedRows = async (exporter, context) => {
    const { teamId, organisationId, connectionId } = exporter;
    const mirror = await mirrors.openMirror({ teamId, organisationId, pullerConnectionId: connectionId });
    return rowsOf(mirror, datasetById(exporter.dataset), {
      params: exporter.params,
      columns: exporter.columns,
      filters: exporter.filters,
      at: context.requestedAt,
    });
  };
  const lineUp: LineUp = (tx, grantId, ask) => takeGoogleTurn(tx, grantId, ask, config.google.minuteLimits);
  const steps = [
    pullStep({ ...ports, ...mirrors, fieldTree: xeroFields() }, options.pull),
    publishStep({ ...ports, wantedRows, lineUp }),
  ];
  const post = async (lane: number, stop: AbortSignal): Promise<void> => {
    await postRound(ports, { publicUrl: config.publicUrl }, lane, stop);
    if (!stop.aborted) await wakePostSoon(ports);
  };
  const runs: RunActs = {
    startRun: (actor, exporterId, confirm) => startExporterRun(ports, actor, exporterId, confirm, engine),
    cancelRun: (actor, runId) => cancelRun(ports, actor, runId, engine),
    deleteExporter: (actor, exporterId) => deleteExporter(ports, actor, exporterId, engine),
  };
  const app = createApp({
    ports,
    handlers: handlersOf({ ...ports, ...mirrors }, runs, config.publicUrl),
    publicUrl: config.publicUrl,
    sessions: config.sessions,
    requests: config.requests,
    trustedProxies: config.trustedProxies,
    frameAncestors: config.frameAncestors,
    dashboardFolder: options.dashboardFolder,
    ready: () => checkReady(ports),
  });
  return {
    ports,
    app,
    startWorker: () =>
      startWorker(ports, withPostTasks(home.tasks, ports.clock, post), steps, {
        options: engine,
        isAlone: true,
        startDue: () => startDueSlots(ports, { plan: planRun, engine }),
        chores: [
          () => wakePost(ports),
          () => renewIdleGrants(ports),
          warnOfEnds(ports),
          () => checkDueConnections(ports),
          settleSlots(ports),
          pruneRuns(ports, engine),
          tidyGatherings(ports),
          () => tidyMirrors({ ...ports, query: home.query }),
          () => eraseDue(ports),
        ],
      }),
  };
}

/** RetryError `NOT_READY` naming the first of what every request or run needs that does not answer. */
async function checkReady(ports: Pick<Ports, 'store' | 'keys' | 'blobs' | 'log'>): Promise<void> {
  const checks = {
    'the store': () => ports.store.get('sessions', 'ready'),
    'the key file': () => ports.keys.wrap(new Uint8Array(32), 'ready'),
    'the folder of mirrors': () => ports.blobs.size('ready'),
  };
  for (const [what, check] of Object.entries<() => Promise<unknown>>(checks)) {
    try {
      await check();
    } catch (error) {
      ports.log.error('not ready', { what, error });
      throw new RetryError('NOT_READY', { what }, error);
    }
  }
}
