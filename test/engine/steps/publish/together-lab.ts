/** Several exporters of one spreadsheet with a run each, delivered one unit at a time as an engine would. */
import { type Exporter, exporterSchema } from '../../../../server/domain/exporter.ts';
import { gatheringId } from '../../../../server/domain/gathering.ts';
import type { Json } from '../../../../server/domain/json.ts';
import type { StepKind, StepOutcome } from '../../../../server/engine/step.ts';
import type { PublishOptions } from '../../../../server/engine/steps/publish/publishing.ts';
import { FoliokeepError, RetryError, WaitError } from '../../../../server/errors.ts';
import { Crash, type Faults } from '../../../../server/wrappers/faults.ts';
import { runDocument } from '../../../support/documents.ts';
import { exporterDocument } from '../../../support/exporter-document.ts';
import { contextOf, type PublishLab, publishLab } from './publish-lab.ts';

export const titles = ['Invoices', 'Bills', 'Contacts', 'Items'] as const;

export interface Ended {
  rows: number;
  cellsWritten: number;
  gaps: unknown[];
  /** Of the error that ended the run. */
  code?: string;
}

export interface TogetherLab extends PublishLab {
  /** A run for each of these exporters, and all of them have come to the spreadsheet. */
  gather(round: string, some?: readonly string[], confirmed?: readonly string[]): Promise<string[]>;
  /** One unit; undefined once the run has ended. */
  deliver(runId: string, step: StepKind): Promise<StepOutcome | undefined>;
  /** Delivers until each has ended; what must wait has its turn after the others. A process that dies is started again. */
  finish(
    runIds: readonly string[],
    how?: { faults?: Faults; isDoubled?: boolean; options?: Partial<PublishOptions> },
  ): Promise<Record<string, Ended>>;
  published(title: string): Promise<Exporter['published']>;
}

export async function togetherLab(wish: Parameters<typeof publishLab>[0] = {}): Promise<TogetherLab> {
  const lab = await publishLab(wish);
  const { store, spreadsheetId, clock } = lab;
  const destination = (tabTitle: string) => ({ spreadsheetId, googleGrantId: 'grant', tabTitle });
  for (const title of titles.slice(1))
    await store.create(
      'exporters',
      title.toLowerCase(),
      exporterDocument({ destination: destination(title) }),
    );
  const places = new Map<string, Json>();
  const ended = new Map<string, Ended>();
  const exporterOf = (runId: string): string => runId.split('-')[0] ?? '';
  const requestedAt = new Map<string, number>();

  const change = async (exporterId: string, next: (exporter: Exporter) => Exporter): Promise<void> =>
    store.transaction(async (tx) => {
      const stored = await tx.get('exporters', exporterId);
      if (stored) tx.set('exporters', exporterId, exporterSchema.parse(next(stored.data)));
    });

  /** As the engine records it, in a transaction of its own. */
  const end = async (runId: string, how: Ended): Promise<void> => {
    ended.set(runId, how);
    await store.transaction(async (tx) => {
      const run = await tx.get('runs', runId);
      if (run) tx.set('runs', runId, { ...run.data, status: how.code ? 'failed' : 'succeeded', endedAt: 1 });
    });
    await change(exporterOf(runId), (exporter) => ({ ...exporter, activeRunId: null }));
  };

  const contextFor = (runId: string) => ({
    ...contextOf(runId, exporterOf(runId)),
    requestedAt: requestedAt.get(runId) ?? clock.now(),
    trigger: 'scheduled' as const,
  });
  const confirmedBy = new Map<string, readonly string[]>();

  const deliver: TogetherLab['deliver'] = async (runId, step) => {
    if (ended.has(runId)) return undefined;
    const input = { exporterId: exporterOf(runId), confirmed: [...(confirmedBy.get(runId) ?? [])] };
    try {
      const outcome = await step.advance(input, places.get(runId) ?? null, contextFor(runId));
      if (outcome.kind === 'more') places.set(runId, outcome.checkpoint);
      else {
        const { rows = 0, cellsWritten = 0 } = outcome.counters ?? {};
        await end(runId, { rows, cellsWritten, gaps: outcome.gaps ?? [] });
      }
      return outcome;
    } catch (error) {
      const isFinal =
        error instanceof FoliokeepError && !(error instanceof RetryError || error instanceof WaitError);
      if (isFinal) await end(runId, { rows: 0, cellsWritten: 0, gaps: [], code: error.code });
      throw error;
    }
  };

  return {
    ...lab,
    async gather(round, some = titles, confirmed = []) {
      const runIds: string[] = [];
      for (const title of some) {
        const runId = `${title.toLowerCase()}-${round}`;
        runIds.push(runId);
        requestedAt.set(runId, clock.now());
        confirmedBy.set(runId, confirmed);
        await store.create('runs', runId, runDocument({ exporterId: exporterOf(runId), status: 'waiting' }));
        await change(exporterOf(runId), (exporter) => ({ ...exporter, activeRunId: runId }));
      }
      // While somebody else has the spreadsheet they come, one after the other, and are told to wait.
      await store.transaction(async (tx) => {
        const name = `spreadsheet:${spreadsheetId}`;
        const lease = (await tx.get('leases', name))?.data;
        const until = clock.now() + 1_000;
        const holder = 'somebody';
        tx.set('leases', name, { v: 1, teamId: 'team', holder, fencing: (lease?.fencing ?? 0) + 1, until });
      });
      const step = lab.step();
      for (const runId of runIds) await deliver(runId, step).catch(() => undefined);
      clock.advance(2_000);
      return runIds;
    },
    deliver,
    async finish(runIds, { faults, isDoubled = false, options } = {}) {
      let step = lab.step(faults, options);
      for (let rounds = 0; runIds.some((runId) => !ended.has(runId)); rounds += 1) {
        if (rounds > 30) throw new Error('they do not end');
        for (const runId of runIds) {
          try {
            for (let place = places.get(runId); ; place = places.get(runId)) {
              const outcome = await deliver(runId, step);
              if (outcome?.kind !== 'more') break;
              // The same task once more, after its record was lost.
              if (isDoubled && rounds === 0) {
                if (place === undefined) places.delete(runId);
                else places.set(runId, place);
                await deliver(runId, step);
              }
            }
          } catch (error) {
            if (error instanceof Crash) step = lab.step(undefined, options);
            else if (error instanceof WaitError) clock.advance(Math.max(1_000, error.untilAt - clock.now()));
            else if (!(error instanceof FoliokeepError)) throw error;
          }
        }
      }
      return Object.fromEntries(runIds.map((runId) => [exporterOf(runId), ended.get(runId) as Ended]));
    },
    published: async (title) => (await store.get('exporters', title.toLowerCase()))?.data.published ?? null,
  };
}

export const gatheringOf = (lab: PublishLab) =>
  lab.store.get('gatherings', gatheringId('team', lab.spreadsheetId, 'grant'));
