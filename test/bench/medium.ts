/** The demo's main job on 40,000 invoices and 40,000 bank transactions: calls, seconds, memory. Takes several minutes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeExporters, runAll } from '../../server/demo/main-job.ts';
import { signedInPerson } from '../../server/demo/person.ts';
import { watchMemory } from '../../server/demo/resident-memory.ts';
import { controlXero } from '../../server/demo/sandbox-control.ts';
import { freePort, startSandbox, startServer } from '../../server/demo/world.ts';
import type { RunView } from '../../shared/contract/run.ts';
import { type Bench, type Measure, rounded } from './bench.ts';
import { firstOrganisation } from './main-job.ts';

/** What server and query child together may take (issue 2). */
const mostMb = 700;
const callsPerMinute = 60;

export const mediumBench: Bench = {
  name: 'medium',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'bench-'));
    const sandbox = await startSandbox({ size: 'medium', seed: 1 });
    const port = await freePort();
    const server = await startServer(sandbox, { port, dataFolder: folder });
    const memory = watchMemory(server.pid);
    try {
      const person = await signedInPerson(`http://localhost:${port}`, 'amelia@harbourbooks.example');
      const { exporters } = await makeExporters(person);
      const { records } = await firstOrganisation(sandbox);
      const first = await secondsOf(() => runAll(person, exporters, () => undefined));
      const afterFirst = await firstOrganisation(sandbox);
      await controlXero(sandbox, { action: 'change', fraction: 0.01, seed: 1 });
      const second = await secondsOf(() => runAll(person, exporters, () => undefined));
      const afterSecond = await firstOrganisation(sandbox);
      const lists = [
        records['contacts'],
        records['invoices'],
        records['payments'],
        records['bankTransactions'],
      ];
      const fewest = lists.reduce<number>((sum, count) => sum + Math.ceil((count ?? 0) / 1_000), 4);
      const measures: Measure[] = [
        {
          bench: 'medium-first-run-calls',
          value: afterFirst.calls,
          unit: 'Xero calls of all kinds',
          versus: 'one call for each page of 1,000, plus organisation, accounts and two reports',
          ratio: rounded(afterFirst.calls / fewest),
        },
        {
          bench: 'medium-first-run-time',
          value: rounded(first.seconds, 1),
          unit: 's',
          versus: 'what the limit of 60 calls a minute leaves possible',
          ratio: rounded(first.seconds / (Math.floor(afterFirst.calls / callsPerMinute) * 60)),
        },
        {
          bench: 'medium-second-run-calls',
          value: afterSecond.calls - afterFirst.calls,
          unit: 'Xero calls of all kinds after 1 % changed',
          versus: 'the first run',
          ratio: rounded((afterSecond.calls - afterFirst.calls) / afterFirst.calls, 3),
        },
        {
          bench: 'medium-second-run-time',
          value: rounded(second.seconds, 1),
          unit: 's after 1 % changed',
          versus: 'the first run',
          ratio: rounded(second.seconds / first.seconds),
        },
        {
          bench: 'medium-memory',
          value: rounded(memory.peakMb(), 0),
          unit: 'MB resident at the peak, server and query child together',
          versus: `${mostMb} MB`,
          ratio: rounded(memory.peakMb() / mostMb),
        },
      ];
      return measures;
    } finally {
      memory.stop();
      await server.stop();
      await sandbox.process.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function secondsOf(act: () => Promise<RunView[]>): Promise<{ seconds: number }> {
  const startedAt = performance.now();
  const runs = await act();
  const bad = runs.find((run) => !run.status.startsWith('succeeded'));
  if (bad !== undefined) throw new Error(`A run ended as ${bad.status}: ${bad.error?.sentence ?? ''}`);
  return { seconds: (performance.now() - startedAt) / 1_000 };
}
