/** `npm start`: a spreadsheet with Foliokeep beside it, and a Xero to change records in. All on this machine. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPages } from './build-pages.ts';
import { demoFolder } from './demo-folder.ts';
import { isPortFree, readPlaygroundOptions, takenPort } from './playground-options.ts';
import { makeOwnSpreadsheet, servePlayground } from './playground-server.ts';
import { freePort, startSandbox, startServer } from './world.ts';

const options = readPlaygroundOptions(process.argv.slice(2));
if (typeof options === 'string') end(options);
if (!(await isPortFree(options.port))) end(takenPort(options.port));
const port = options.port === 0 ? await freePort() : options.port;
const address = `http://localhost:${port}`;

// What has been started, ended in the opposite order.
const started: Array<() => Promise<void>> = [];
let isStopping = false;
async function stop(code: number): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  for (const endIt of started.reverse()) await endIt();
  process.exit(code);
}
process.once('SIGINT', () => void stop(0));
process.once('SIGTERM', () => void stop(0));

process.stdout.write('Starting. The first time the pages are built; that takes some seconds.\n');
const { playground } = await buildPages();
const dataFolder = join(await demoFolder(), `playground-${port}`);
// The sandbox's books and grants are new with each start; what was connected to the last one is of no use.
await rm(dataFolder, { recursive: true, force: true });

const sandbox = await startSandbox({ size: options.size, seed: 1 });
started.push(() => sandbox.process.stop());
const serverPort = await freePort();
const server = await startServer(sandbox, {
  port: serverPort,
  dataFolder,
  logLevel: options.log,
  frameAncestors: address,
});
started.push(() => server.stop());
await makeOwnSpreadsheet(sandbox, 'amelia@harbourbooks.example');
const page = await servePlayground({
  sandbox,
  pageFolder: playground,
  panelUrl: `http://localhost:${serverPort}/`,
  port,
  mailFolder: join(dataFolder, 'mail'),
});
started.push(async () => void page.close());
process.stdout.write(`
Open ${address}

  1. Sign in with Google as Amelia, connect Xero, add an exporter: its rows appear in a new tab.
  2. Type into a cell beside the rows, or change a record under "Xero".
  3. Run the exporter again: only what changed is written, and what you typed stays.

Foliokeep alone, as the dashboard: http://localhost:${serverPort}
Mail that it would send: ${address}/mail
Nothing here leaves this machine. Ctrl+C ends it.
`);

void server.ended.then(() => {
  if (!isStopping) process.stderr.write('The server ended by itself; its last lines are above.\n');
  return stop(1);
});
void sandbox.process.ended.then(() => {
  if (!isStopping) process.stderr.write('The sandbox ended by itself.\n');
  return stop(1);
});

function end(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
