/** `npm run demo`: the main job end to end on the built-in sandbox, twice, reconciled. Exit 0 only if all of it is right. */
import { costsText, watchCosts } from './costs.ts';
import { demoUsage, readDemoOptions } from './demo-options.ts';
import { type DemoWorld, inDemoWorld } from './demo-world.ts';
import { largeExporters } from './large-exporters.ts';
import { demoExporters, type Made, makeExporters, runAll } from './main-job.ts';
import { type Person, signedInPerson } from './person.ts';
import { progressLine } from './progress-text.ts';
import { readTabs } from './read-tabs.ts';
import {
  nothingReconciled,
  type Reconciled,
  reconciledDatasets,
  reconcileTabs,
  type Tabs,
} from './reconcile.ts';
import { type ExporterResult, jsonReport, reconciledText, runTable, troubleText } from './report.ts';
import { controlXero } from './sandbox-control.ts';

const email = 'amelia@harbourbooks.example';
const options = readDemoOptions(process.argv.slice(2));
if ('problem' in options) {
  process.stderr.write(`${options.problem}\n${demoUsage}\n`);
  process.exit(2);
}
const { size, seed, isJson, hasVirtualClock } = options;

/** Everything that is not the result goes to standard error, so that --json leaves one object on standard output. */
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const tell = (text: string): void => (isJson ? undefined : void process.stdout.write(`${text}\n`));

/** True when every run succeeded and the tabs reconcile. */
async function play({ sandbox, serverUrl, serverPid }: DemoWorld): Promise<boolean> {
  const costs = hasVirtualClock ? await watchCosts(sandbox, serverPid) : undefined;
  const person = await signedInPerson(serverUrl, email);
  const made = await makeExporters(person, size === 'large' ? largeExporters : demoExporters);
  const { exporters } = made;
  tell(`Signed in, connected ${made.organisation}, made ${exporters.length} exporters.\n`);
  const results = exporters.map(({ name, dataset }): ExporterResult => ({ name, dataset, runs: [] }));
  const runBoth = async (): Promise<void> => {
    const runs = await runAll(person, exporters, progressLine(process.stderr));
    for (const [at, run] of runs.entries()) results[at]?.runs.push(run);
  };

  await runBoth();
  tell(`First run: everything is read once and written.\n\n${runTable(results, 0)}\n`);
  await controlXero(sandbox, { action: 'change', fraction: 0.01, seed });
  await runBoth();
  tell(
    `About 1 % of the records changed in Xero. Second run: only changes are read and written.\n\n${runTable(results, 1)}\n`,
  );

  if (costs !== undefined) tell(`${costsText(await costs())}\n`);
  const runs = results.flatMap((one) => one.runs);
  const haveSucceeded = runs.every((run) => run.status.startsWith('succeeded'));
  const reconciled = haveSucceeded ? await reconcile(sandbox, person, made) : nothingReconciled;
  if (isJson) process.stdout.write(`${jsonReport(results, reconciled)}\n`);
  tell(reconciledText(reconciled));
  const trouble = troubleText(runs);
  if (trouble !== '') say(trouble);
  return haveSucceeded && reconciled.reconciled;
}

async function reconcile(
  sandbox: DemoWorld['sandbox'],
  person: Person,
  { spreadsheetId, exporters }: Made,
): Promise<Reconciled> {
  const sheetIds: number[] = [];
  for (const dataset of reconciledDatasets) {
    const exporterId = exporters.find((one) => one.dataset === dataset)?.id ?? '';
    const { sheetId } = await person.call('getExporter', { params: { exporterId } });
    if (sheetId === null) throw new Error(`The exporter of ${dataset} has no tab.`);
    sheetIds.push(sheetId);
  }
  const tabs = await readTabs(sandbox, email, { spreadsheetId, sheetIds });
  return reconcileTabs(Object.fromEntries(reconciledDatasets.map((name, at) => [name, tabs[at]])) as Tabs);
}

tell(`Foliokeep demo. Xero and Google are a sandbox on this machine (${size}); nothing leaves it.`);
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => stopping.abort(new Error('Stopped.')));
let isRight = false;
try {
  isRight = await inDemoWorld(options, stopping.signal, play);
} catch (error) {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  say(describe(error));
}
if (isRight)
  tell(`
Where to look next
  npm start      the playground: a spreadsheet, Foliokeep beside it, and a Xero to change records in
  README.md      how to connect a real Xero and Google`);
else if (!stopping.signal.aborted)
  say('\nThe demo did not end well; what is above says why. npm run demo -- --log=info --keep tells more.');
// 130 is what a shell says of Ctrl+C.
process.exit(isRight ? 0 : stopping.signal.aborted ? 130 : 1);

/** A failed fetch says what failed only in its cause. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
