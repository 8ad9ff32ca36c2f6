/** All exporters of a world run once, by a server that may be killed meanwhile: what the sheet, the mirror and Xero's count of calls then say. */
import type { Sandbox } from '../../server/demo/world.ts';
import type { RunView } from '../../shared/contract/run.ts';
import { type MirrorContent, readMirrors } from './read-mirror.ts';
import { sameSheet } from './same-sheet.ts';
import { amelia, startWorld, viewOf, type World } from './world.ts';

/** A dead process must be noticed soon, or most of the time is waiting. */
const env = { ENGINE_LEASE_MS: '2000' };

export interface Outcome {
  runs: RunView[];
  sheet: ReturnType<typeof sameSheet>;
  mirrors: Record<string, MirrorContent>;
  /** Xero calls by path. */
  calls: Record<string, number>;
}

/** A server and folder of its own on a sandbox: the books, and so the records, are the same to the byte for each. */
export async function outcomeOf(
  sandbox: Sandbox,
  dataFolder: string,
  act: (world: World) => Promise<RunView[]>,
): Promise<Outcome> {
  const before = await callsByPath(sandbox);
  // Google gives a refresh token only with a consent; to this server it has given none.
  await viewOf(sandbox).changeGoogle({ action: 'revokeGrant', user: amelia });
  const world = await startWorld(dataFolder, { sandbox, env });
  try {
    const runs = await act(world);
    const sheet = sameSheet(await world.dump(world.spreadsheetId));
    await world.stop();
    const after = await callsByPath(sandbox);
    const calls = Object.fromEntries(
      Object.entries(after).map(([path, count]) => [path, count - (before[path] ?? 0)]),
    );
    return { runs, sheet, mirrors: await readMirrors(dataFolder), calls };
  } finally {
    await world.stop();
  }
}

/** What Xero counted for the organisation of the exporters. */
export async function callsByPath(sandbox: Sandbox): Promise<Record<string, number>> {
  return (await viewOf(sandbox).xero()).organisations[0]?.callsByPath ?? {};
}

/** Each call takes longer, so that there is a moment to end the server in. */
export async function slowDown(
  world: World,
  { googleMs, xeroMs }: { googleMs: number; xeroMs: number },
): Promise<void> {
  await world.changeGoogle({ action: 'setLatency', ms: googleMs });
  const match = { path: '/api.xro/' };
  await world.changeXero({ action: 'fault', kind: 'delay', ms: xeroMs, count: 100_000, match });
}

export async function speedUp(world: World): Promise<void> {
  await world.changeGoogle({ action: 'setLatency', ms: 0 });
  await world.changeXero({ action: 'clearFaults' });
}

export const startAll = ({ person, exporters }: World): Promise<RunView[]> =>
  Promise.all(exporters.map(({ id }) => person.call('startRun', { params: { exporterId: id }, body: {} })));
export const lookAt = ({ person }: World, runs: readonly RunView[]): Promise<RunView[]> =>
  Promise.all(runs.map(({ id }) => person.call('getRun', { params: { runId: id } })));
export const haveEnded = (runs: readonly RunView[]): boolean => runs.every(({ endedAt }) => endedAt !== null);

/** A report carries the moment at which Xero made it. */
export const recordsOf = ({ mirrors }: Pick<Outcome, 'mirrors'>) =>
  Object.values(mirrors).map(({ records, reports }) => ({
    records,
    reports: Object.entries(reports).map(([id, text]) => [
      id,
      text.replace(/"(UpdatedDateUTC|ReportID|Id)":\s*"[^"]*"/g, ''),
    ]),
  }));
