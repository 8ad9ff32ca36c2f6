/**
 * Wires the product from a configuration and the adapters of one home (this machine, or a cloud): ports around ports, steps,
 * worker, routes. `main.ts` gives it the embedded adapters; tests give it a virtual clock and a sandbox in process.
 */
import type { Express } from 'express';
import type { Config } from './config.ts';
import { datasetById } from './datasets/index.ts';
import { rowsOf } from './datasets/rows-of.ts';
import { renewIdleGrants } from './engine/access/renew-idle-grants.ts';
import { type EngineOptions, engineDefaults } from './engine/options.ts';
import { publishStep } from './engine/steps/publish/publish-step.ts';
import type { WantedRows } from './engine/steps/publish/wanted-rows.ts';
import type { PullOptions } from './engine/steps/pull/pull-ports.ts';
import { pullStep } from './engine/steps/pull/pull-step.ts';
import { startWorker } from './engine/worker.ts';
import { createApp } from './http/app.ts';
import { handlersOf } from './http/handlers.ts';
import { eraseMirror } from './mirror/erase.ts';
import { openMirror } from './mirror/open-mirror.ts';
import type { Ports } from './ports.ts';
import { type Home, wirePorts } from './wire-ports.ts';

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
    sliceMs: config.engine.sliceMs,
    leaseMs: config.engine.leaseMs,
    heartbeatMs: Math.min(engineDefaults.heartbeatMs, Math.floor(config.engine.leaseMs / 4)),
    ...options.engine,
  };
  const mirrors = {
    openMirror: (ref: Parameters<typeof openMirror>[1]) => openMirror({ ...ports, query: home.query }, ref),
    eraseMirror: (mirrorId: string) => eraseMirror(ports, mirrorId),
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
  const steps = [pullStep({ ...ports, ...mirrors }, options.pull), publishStep({ ...ports, wantedRows })];
  const app = createApp({
    ports,
    handlers: handlersOf({ ...ports, ...mirrors }, { publicUrl: config.publicUrl, engine }),
    publicUrl: config.publicUrl,
    frameAncestors: config.frameAncestors,
    dashboardFolder: options.dashboardFolder,
    ready: () => checkReady(ports),
  });
  return {
    ports,
    app,
    startWorker: () =>
      startWorker(ports, home.tasks, steps, {
        options: engine,
        isAlone: true,
        chores: [() => renewIdleGrants(ports)],
      }),
  };
}

/** The store and the key file answer: without either nothing can be done. */
async function checkReady(ports: Pick<Ports, 'store' | 'keys'>): Promise<void> {
  await ports.store.get('sessions', 'ready');
  await ports.keys.wrap(new Uint8Array(32), 'ready');
}
