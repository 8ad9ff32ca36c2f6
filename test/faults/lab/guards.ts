/** Invariants that are looked at while things happen: each write into a spreadsheet, each document that is stored, each call to Xero. */

import { datasetById } from '../../../server/datasets/index.ts';
import type { Document } from '../../../server/domain/documents.ts';
import type { Exporter } from '../../../server/domain/exporter.ts';
import type { HttpRequest, HttpResponse } from '../../../server/domain/http-message.ts';
import { allowedMoves, hasEnded, type Run } from '../../../server/domain/run.ts';
import { blockIn, tableOf, theirsIn } from './books-and-tabs.ts';
import { effectGuards } from './effect-guards.ts';
import { textOf } from './lab-mirror.ts';
import { googleOrigin, type Wire, xeroOrigin } from './lab-network.ts';
import type { LabWorld } from './lab-world.ts';
import type { Life } from './life.ts';
import { limitGuards } from './limit-guards.ts';
import { type Meddlers, meddlersOf } from './meddlers.ts';
import type { Setting } from './setting.ts';
import { fencingOf } from './watched-step.ts';

export interface Guards {
  wire: Wire;
  /** A person changed this spreadsheet: what our next write finds is not all ours. */
  touched(spreadsheetId: string): void;
  meddlers: Meddlers;
}

const isWrite = (request: HttpRequest): boolean =>
  request.method === 'POST' && /:batchUpdate/.test(request.url);
const spreadsheetIn = (url: string): string | undefined => /\/spreadsheets\/([^/:?]+)/.exec(url)?.[1];

export function guardsOf(world: LabWorld, setting: () => Setting | undefined): Guards {
  const { watch, xero, google } = world;
  /** Exporters whose block was changed by people since it was last right. */
  const dirty = new Set<string>();
  const runs = new Map<string, Run>();
  const meddlers = meddlersOf(world, setting);
  const effects = effectGuards(world);
  const ownPageSize = world.dice.one([3, 5, 8, 20, 100, 1_000]);
  guardDocuments(world, runs);

  const exportersOf = async (spreadsheetId: string): Promise<Array<[string, Exporter]>> => {
    const found: Array<[string, Exporter]> = [];
    for (const id of setting()?.exporters ?? []) {
      const exporter = (await world.store.get('exporters', id))?.data;
      if (exporter?.destination.spreadsheetId === spreadsheetId) found.push([id, exporter]);
    }
    return found;
  };

  const write = async (request: HttpRequest, spreadsheetId: string): Promise<HttpResponse> => {
    await meddlers.beforeWrite(spreadsheetId);
    const before = google.control.dump(spreadsheetId);
    const theirs = theirsIn(before);
    const exporters = await exportersOf(spreadsheetId);
    const blocksBefore = exporters.map(([id, exporter]) => blockIn(before, id, exporter));
    let response: HttpResponse | undefined;
    try {
      response = await google.handle(request);
      if (response.status === 200) await effects.written(request, spreadsheetId);
      return response;
    } finally {
      const after = google.control.dump(spreadsheetId);
      const now = theirsIn(after);
      if (JSON.stringify(now) !== JSON.stringify(theirs))
        watch.violate(
          'I4',
          `cells of people changed: ${theirs.filter((one) => !now.includes(one)).slice(0, 3)} became ${now.filter((one) => !theirs.includes(one)).slice(0, 3)}`,
        );
      exporters.forEach(([id, exporter], at) => {
        const [was, is] = [blocksBefore[at], blockIn(after, id, exporter)];
        if (JSON.stringify(was?.rows) === JSON.stringify(is?.rows) || is === undefined) {
          if (was && is === undefined) watch.violate('I3', `the block of ${id} is gone`);
          return;
        }
        if (is === null) {
          if (was !== null && !dirty.has(id)) watch.violate('I3', `the header of ${id} is not whole`);
          return;
        }
        const left = is.below.filter((row) => was?.rows.includes(row) && !was.below.includes(row));
        if (left.length > 0)
          watch.violate('I3', `rows of ${id} were left below its end: ${left.slice(0, 2)}`);
        if (isWholeOf(world, exporter, is.rows)) dirty.delete(id);
        else if (!dirty.has(id))
          watch.violate('I3', `${id} shows neither the old nor the new whole: ${is.rows.length} rows`);
      });
    }
  };

  const touched = (spreadsheetId: string): void => {
    for (const id of setting()?.exporters ?? []) dirty.add(id);
    watch.event(`a person changed ${spreadsheetId}`);
  };

  return {
    touched,
    meddlers,
    wire: {
      ...limitGuards(world),
      pageSize: world.plan.habits.pageSize ?? ownPageSize,
      async exchange(request, life) {
        effects.leaves(request);
        watch.event(
          `${life.name} ${request.method} ${new URL(request.url).pathname.replace(/[0-9a-f-]{36}/g, 'ID')}`,
        );
        if (request.url.startsWith(googleOrigin)) {
          const spreadsheetId = spreadsheetIn(request.url);
          const isOurs = spreadsheetId !== undefined && isWrite(request);
          const answer = isOurs ? await write(request, spreadsheetId) : await google.handle(request);
          if (isOurs && (await meddlers.afterWrite(spreadsheetId))) touched(spreadsheetId);
          if (request.url.endsWith('/token')) noteTokens(world, answer);
          return answer;
        }
        if (!request.url.startsWith(xeroOrigin)) throw new Error(`a call to ${request.url}`);
        const answer = await xero.handle(request);
        meddlers.afterAnswer(request, answer);
        if (request.url.endsWith('/connect/token')) noteTokens(world, answer);
        return answer;
      },
    },
  };
}

function noteTokens({ watch }: LabWorld, { status, body }: HttpResponse): void {
  if (status !== 200) return;
  const { access_token: access, refresh_token: refresh } = JSON.parse(Buffer.from(body).toString());
  for (const secret of [access, refresh]) if (typeof secret === 'string') watch.secret(secret);
}

/** Whether these are the rows of some generation of its mirror. */
function isWholeOf(world: LabWorld, exporter: Exporter, rows: readonly string[]): boolean {
  const mirror = world.mirrors.get(`${exporter.teamId} ${exporter.organisationId}`);
  const resource = datasetById(exporter.dataset).needs.resources[0] ?? '';
  const seen = JSON.stringify(rows);
  for (let generation = mirror?.generation() ?? -1; generation >= 0; generation -= 1) {
    const raws = mirror?.records(generation, resource).map(({ raw }) => textOf(raw)) ?? [];
    if (JSON.stringify(tableOf(raws, exporter).rows) === seen) return true;
  }
  return false;
}

/** Whatever failed works again so soon after its trouble is over. */
const healedMs = 10 * 60_000;

/** What is stored of runs and grants moves only forward, and only by whoever holds it. */
function guardDocuments({ watch, plan, scheduler }: LabWorld, runs: Map<string, Run>): void {
  let calmAt = Number.POSITIVE_INFINITY;
  // A due time is of the clock that named it, which may have been ahead, and by any number of steps.
  const { skewMs, steps } = plan.habits;
  const healedWithinMs = steps > 0 && skewMs > 0 ? Number.POSITIVE_INFINITY : healedMs + skewMs;
  const leases = new Map<string, number>();
  const grants = new Map<string, string>();
  /** Runs that left their exporter asking for a person: what they were for is made up for when that person has come. */
  const halted = new Set<string>();
  watch.onStored((life, collection, id, data) => {
    switch (collection) {
      case 'exporters': {
        const { status, lastRunId } = data as Exporter;
        if (lastRunId !== null && status.startsWith('needs-')) halted.add(lastRunId);
        return;
      }
      case 'runs':
        if (!runs.has(id)) guardStart(watch, runs, halted, id, data as Run);
        guardRun(watch, life as Life, id, runs.get(id), data as Run);
        calmAt = plan.isCalm() ? Math.min(calmAt, scheduler.now()) : Number.POSITIVE_INFINITY;
        if ((data as Run).waitingFor?.code === 'INJECTED_FAULT' && scheduler.now() > calmAt + healedWithinMs)
          watch.violate('liveness', `run ${id} waits for a failure that was over long before`);
        runs.set(id, data as Run);
        return;
      case 'leases': {
        const { fencing } = data as Document<'leases'>;
        if (fencing < (leases.get(id) ?? 0))
          watch.violate('I6', `the fencing number of ${id} fell to ${fencing}`);
        leases.set(id, fencing);
        return;
      }
      case 'grants': {
        const grant = data as Document<'grants'>;
        const isNew = grants.has(id) && grant.sealedAccessToken !== grants.get(id);
        grants.set(id, grant.sealedAccessToken);
        const newest = leases.get(`grant:${id}`);
        if (isNew && grant.status === 'active' && newest !== undefined && grant.fencing !== newest)
          watch.violate('I6', `tokens of grant ${id} were stored under ${grant.fencing}, at ${newest}`);
        return;
      }
      default:
    }
  });
}

/**
 * A slot has one run, and an exporter one at a time. A run that halted for want of a person is no second one, nor one that a
 * deletion cut off which was undone: its slot is the first that was missed, and is due again when that person has mended what
 * stood in the way (exporter-slots.ts).
 */
function guardStart(
  watch: LabWorld['watch'],
  runs: ReadonlyMap<string, Run>,
  halted: ReadonlySet<string>,
  id: string,
  run: Run,
): void {
  for (const [otherId, other] of runs) {
    if (other.exporterId !== run.exporterId) continue;
    if (!hasEnded(other))
      watch.violate('I6', `run ${id} of ${run.exporterId} began beside ${otherId}, which is ${other.status}`);
    const isAgain = run.slotAt !== undefined && run.slotAt === other.slotAt;
    const wasCutOff = other.error !== null || other.status === 'cancelled';
    if (isAgain && !(halted.has(otherId) && wasCutOff))
      watch.violate(
        'I6',
        `slot ${run.slotAt} of ${run.exporterId} was run twice: ${otherId} ${other.status}`,
      );
  }
}

function guardRun(watch: LabWorld['watch'], life: Life, id: string, before: Run | undefined, run: Run): void {
  if (before === undefined) return;
  const isMove = before.status === run.status || allowedMoves[before.status].includes(run.status);
  if (!isMove) watch.violate('I5', `run ${id} went from ${before.status} to ${run.status}`);
  for (const field of ['seq', 'fencing', 'units'] as const)
    if (run[field] < before[field]) watch.violate('I6', `${field} of run ${id} fell`);
  if (run.seq > 3_000) watch.violate('I14', `run ${id} has had ${run.seq} tasks`);
  if (run.units <= before.units) return;
  if (run.units > before.units + 1)
    watch.violate('I6', `run ${id} recorded ${run.units - before.units} units at once`);
  const done = fencingOf.get(life)?.get(id) ?? [];
  const place = done.indexOf(before.fencing);
  if (place >= 0) done.splice(place, 1);
  else watch.violate('I6', `a unit under ${done} was recorded in run ${id}, which is at ${before.fencing}`);
}
