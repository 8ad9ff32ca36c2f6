/** `npm start`: a spreadsheet with Foliokeep beside it, and a Xero to change records in. All on this machine. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildPages } from './build-pages.ts';
import { demoFolder } from './demo-folder.ts';
import { makeOwnSpreadsheet, servePlayground } from './playground-server.ts';
import { freePort, startSandbox, startServer } from './world.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8080' },
    size: { type: 'string', default: 'small' },
    log: { type: 'string', default: 'warn' },
  },
});
const port = Number(values.port);
const address = `http://localhost:${port}`;

const { playground } = await buildPages();
const dataFolder = join(await demoFolder(), 'playground');
// The sandbox's books and grants are new with each start; what was connected to the last one is of no use.
await rm(dataFolder, { recursive: true, force: true });

const sandbox = await startSandbox({ size: values.size === 'medium' ? 'medium' : 'small', seed: 1 });
const serverPort = await freePort();
const server = await startServer(sandbox, {
  port: serverPort,
  dataFolder,
  logLevel: values.log,
  frameAncestors: address,
});
await makeOwnSpreadsheet(sandbox, 'amelia@harbourbooks.example');
const page = await servePlayground({
  sandbox,
  pageFolder: playground,
  panelUrl: `http://localhost:${serverPort}/`,
  port,
});
process.stdout.write(`
Playground:  ${address}
Foliokeep:   http://localhost:${serverPort}   (what stands beside the spreadsheet)

Sign in as Amelia, connect Xero, add an exporter; then change a record under "Xero" and run again.
Ctrl+C ends it.
`);

let isStopping = false;
async function stop(code: number): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  page.close();
  await server.stop();
  await sandbox.process.stop();
  process.exit(code);
}
process.once('SIGINT', () => void stop(0));
process.once('SIGTERM', () => void stop(0));
void server.ended.then(() => {
  if (!isStopping) process.stderr.write('The server ended by itself; its last lines are above.\n');
  return stop(1);
});
