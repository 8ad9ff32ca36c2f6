/** The demo's main job on the small sandbox: calls against the fewest possible, and what a second run costs. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeExporters, runAll } from '../../server/demo/main-job.ts';
import { signedInPerson } from '../../server/demo/person.ts';
import { xeroState } from '../../server/demo/sandbox-control.ts';
import { freePort, type Sandbox, startSandbox, startServer } from '../../server/demo/world.ts';
import type { SandboxState } from '../../server/sandbox/xero/control/read-state.ts';
import { type Bench, type Measure, rounded } from './bench.ts';

/** Lists that the demo's exporters need: pages of 1,000, or one call. */
const lists = ['Organisation', 'Accounts', 'Contacts', 'Invoices', 'Payments', 'BankTransactions'];

/** What the sandbox saw and holds of the organisation that the demo exports. */
export async function firstOrganisation(sandbox: Sandbox): Promise<SandboxState['organisations'][number]> {
  const { organisations } = (await xeroState(sandbox)) as SandboxState;
  const [first] = organisations;
  if (first === undefined) throw new Error('The sandbox has no organisation');
  return first;
}

const listCalls = async (sandbox: Sandbox): Promise<Record<string, number>> =>
  (await firstOrganisation(sandbox)).callsByPath;

export const mainJobBench: Bench = {
  name: 'main-job',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'bench-'));
    const sandbox = await startSandbox({ size: 'small', seed: 1 });
    const port = await freePort();
    const server = await startServer(sandbox, { port, dataFolder: folder });
    try {
      const person = await signedInPerson(`http://localhost:${port}`, 'amelia@harbourbooks.example');
      const { exporters } = await makeExporters(person);
      const first = await timed(() => runAll(person, exporters, () => undefined));
      const afterFirst = await listCalls(sandbox);
      const second = await timed(() => runAll(person, exporters, () => undefined));
      const afterSecond = await listCalls(sandbox);
      const used = (calls: Record<string, number>) =>
        lists.reduce((sum, list) => sum + (calls[list] ?? 0), 0);
      const cells = second.runs.reduce((sum, run) => sum + run.counters.cellsWritten, 0);
      const measures: Measure[] = [
        {
          bench: 'first-run-calls',
          value: used(afterFirst),
          unit: 'list calls, 7 exporters of about 500 documents',
          versus: 'one call per list',
          ratio: rounded(used(afterFirst) / lists.length),
        },
        {
          bench: 'second-run-calls',
          value: used(afterSecond) - used(afterFirst),
          unit: `list calls with nothing changed (${cells} cells written)`,
          versus: 'one call per list',
          ratio: rounded((used(afterSecond) - used(afterFirst)) / lists.length),
        },
        {
          bench: 'second-run-time',
          value: rounded(second.ms / 1_000),
          unit: 's with nothing changed',
          versus: 'the first run',
          ratio: rounded(second.ms / first.ms),
        },
      ];
      return measures;
    } finally {
      await server.stop();
      await sandbox.process.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function timed<T>(act: () => Promise<T[]>): Promise<{ runs: T[]; ms: number }> {
  const startedAt = performance.now();
  const runs = await act();
  return { runs, ms: performance.now() - startedAt };
}
