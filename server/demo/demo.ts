/** `npm run demo`: the main job end to end on the built-in sandbox, twice, reconciled. Exit 0 only if all of it is right. */
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { RunView } from '../../shared/contract/run.ts';
import { demoFolder } from './demo-folder.ts';
import { demoExporters, makeExporters, runAll } from './main-job.ts';
import { type Person, signedInPerson } from './person.ts';
import { worldText } from './progress-text.ts';
import { readTab } from './read-tab.ts';
import { reconcileTabs } from './reconcile.ts';
import { type ExporterResult, jsonReport, reconciledText, runTable } from './report.ts';
import { controlXero } from './sandbox-control.ts';
import { freePort, type Sandbox, startSandbox, startServer } from './world.ts';

const email = 'amelia@harbourbooks.example';
const { values } = parseArgs({
  options: {
    size: { type: 'string', default: 'small' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    log: { type: 'string', default: 'silent' },
  },
});
const size = values.size;
if (size !== 'small' && size !== 'medium') {
  process.stderr.write('--size: takes small or medium\n');
  process.exit(2);
}
const seed = Number(values.seed);
if (!Number.isSafeInteger(seed) || seed < 0) {
  process.stderr.write('--seed: takes a whole number\n');
  process.exit(2);
}

/** Everything that is not the result goes to standard error, so that --json leaves one object on standard output. */
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const tell = (text: string): void => (values.json ? undefined : void process.stdout.write(`${text}\n`));

async function runBoth(person: Person, sandbox: Sandbox): Promise<boolean> {
  const { spreadsheetId, organisation, exporters } = await makeExporters(person);
  tell(`${organisation} connected; ${exporters.length} exporters made.\n`);
  const first = await runAll(person, exporters, showProgress());
  const results = exporters.map(
    (exporter, at): ExporterResult => ({
      name: exporter.name,
      dataset: exporter.dataset,
      runs: [first[at]].filter((run): run is RunView => run !== undefined),
    }),
  );
  tell(`First run: everything is read once and written.\n\n${runTable(results, 0)}\n`);

  await controlXero(sandbox, { action: 'change', fraction: 0.01, seed });
  const second = await runAll(person, exporters, showProgress());
  for (const [at, run] of second.entries()) results[at]?.runs.push(run);
  tell(
    `Second run, after about 1 % of the records changed in Xero: only changes are read and written.\n\n${runTable(results, 1)}\n`,
  );

  const tabOf = async (dataset: string) => {
    const at = demoExporters.findIndex((one) => one.dataset === dataset);
    const id = exporters[at]?.id ?? '';
    const { sheetId } = await person.call('getExporter', { params: { exporterId: id } });
    if (sheetId === null) throw new Error(`The exporter of ${dataset} has no tab`);
    return readTab(sandbox, email, { spreadsheetId, sheetId });
  };
  const reconciled = reconcileTabs({
    invoices: await tabOf('invoices'),
    profitAndLoss: await tabOf('profit-and-loss'),
    trialBalance: await tabOf('trial-balance'),
  });
  if (values.json) process.stdout.write(`${jsonReport(results, reconciled)}\n`);
  tell(reconciledText(reconciled));
  const runs = [...first, ...second];
  for (const run of runs) if (run.error !== null) say(`${run.error.code}: ${run.error.sentence}`);
  const unsaid = runs.flatMap((run) => run.gaps);
  if (unsaid.length > 0)
    tell(`\nNamed gaps: ${[...new Set(unsaid.map((gap) => `${gap.what} (${gap.reason})`))].join(', ')}`);
  return reconciled.reconciled && runs.every((run) => run.status.startsWith('succeeded'));
}

/** One line that rewrites itself on a terminal; nothing where there is none. */
function showProgress(): (runs: readonly RunView[]) => void {
  if (!process.stderr.isTTY) return () => undefined;
  return (runs) => {
    const isOver = runs.every((run) => run.endedAt !== null);
    process.stderr.write(`\r\u001b[K${isOver ? '' : worldText(runs)}`);
  };
}

const dataFolder = await mkdtemp(join(await demoFolder(), 'run-'));
tell(`Foliokeep demo: Xero and Google are a sandbox on this machine (${size}).`);
const sandbox = await startSandbox({ size, seed });
let isRight = false;
try {
  const port = await freePort();
  const server = await startServer(sandbox, { port, dataFolder, logLevel: values.log });
  try {
    const person = await signedInPerson(`http://localhost:${port}`, email);
    isRight = await runBoth(person, sandbox);
  } finally {
    await server.stop();
  }
} finally {
  await sandbox.process.stop();
  if (!values.keep) await rm(dataFolder, { recursive: true, force: true });
}
tell(
  isRight
    ? '\nWhere to look next: `npm start` opens the playground (a spreadsheet, Foliokeep beside it, and a Xero to change records in); README.md says how to connect a real Xero and Google.'
    : '\nThe demo did not end well; the lines above say what. `npm run demo -- --log=info --keep` tells more.',
);
process.exitCode = isRight ? 0 : 1;
