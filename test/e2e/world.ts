/** What an end-to-end test stands on: sandbox and server as processes of their own, a person, the demo's exporters. */

import type { Child } from '../../server/demo/child.ts';
import {
  type DemoExporter,
  demoExporters,
  type Made,
  makeExporters,
  runAll,
} from '../../server/demo/main-job.ts';
import { type Person, signedInPerson } from '../../server/demo/person.ts';
import { controlGoogle, controlXero } from '../../server/demo/sandbox-control.ts';
import { freePort, type Sandbox, startSandbox, startServer } from '../../server/demo/world.ts';
import type { SpreadsheetDump } from '../../server/sandbox/google/control/dump.ts';
import type { GoogleState } from '../../server/sandbox/google/control/state.ts';
import type { SandboxState } from '../../server/sandbox/xero/control/read-state.ts';
import type { ExporterView } from '../../shared/contract/exporter.ts';
import type { RunView } from '../../shared/contract/run.ts';

export const amelia = 'amelia@harbourbooks.example';

/** The parts of a sandbox that tests look at and change. */
export interface SandboxView {
  sandbox: Sandbox;
  changeXero(input: object): Promise<Record<string, unknown>>;
  changeGoogle(input: object): Promise<Record<string, unknown>>;
  xero(): Promise<SandboxState>;
  google(): Promise<GoogleState>;
  dump(spreadsheetId: string): Promise<SpreadsheetDump>;
}

export interface World extends SandboxView, Made {
  url: string;
  port: number;
  dataFolder: string;
  person: Person;
  /** The server's process now. */
  server(): Child;
  /** The same server again, on the same folder and port. */
  startServer(): Promise<void>;
  /** Runs these exporters (all of them unless given) at once, until each has ended. */
  run(exporters?: readonly ExporterView[]): Promise<RunView[]>;
  exporterOf(dataset: string): ExporterView;
  /** The tab of a dataset as it is now in the dump, found by its id. */
  sheetOf(dump: SpreadsheetDump, dataset: string): Promise<SpreadsheetDump['sheets'][number]>;
  stop(): Promise<void>;
}

export function viewOf(sandbox: Sandbox): SandboxView {
  const look = async (url: string): Promise<never> => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    return (await response.json()) as never;
  };
  return {
    sandbox,
    changeXero: async (input) => (await controlXero(sandbox, input)) as Record<string, unknown>,
    changeGoogle: async (input) => (await controlGoogle(sandbox, input)) as Record<string, unknown>,
    xero: () => look(`${sandbox.xero.origin}/sandbox/state`),
    google: () => look(`${sandbox.google.origin}/sandbox/state`),
    dump: (spreadsheetId) => look(`${sandbox.google.origin}/sandbox/spreadsheets/${spreadsheetId}`),
  };
}

export interface WorldOptions {
  /** All kinds that tests look at, unless given. */
  exporters?: readonly DemoExporter[];
  /** Two worlds may stand on one sandbox; it is then stopped by whoever started it. */
  sandbox?: Sandbox;
  hasNoLimits?: boolean;
  /** Google's 60 calls a minute would make most tests wait; off unless they are the subject. */
  hasGoogleQuotas?: boolean;
  email?: string;
  env?: Record<string, string>;
}

/** The demo's, and the other kinds that tests look at: Google's minute does not bind them. */
export const exportersOfTests: readonly DemoExporter[] = [
  ...demoExporters,
  { name: 'Contacts', dataset: 'contacts', columns: null },
  { name: 'Payments', dataset: 'payments', columns: null },
  { name: 'Bank transactions', dataset: 'bank-transactions', columns: null },
  { name: 'Bank transfers', dataset: 'bank-transfers', columns: null },
  { name: 'Manual journal lines', dataset: 'manual-journal-lines', columns: null },
  { name: 'Items', dataset: 'items', columns: null },
];

/** Signs in, connects every organisation, makes the exporters of tests. Nothing has run yet. */
export async function startWorld(dataFolder: string, options: WorldOptions = {}): Promise<World> {
  const sandbox =
    options.sandbox ??
    (await startSandbox({ size: 'small', seed: 1, hasNoLimits: options.hasNoLimits === true }));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const wide = { GOOGLE_PROJECT_MINUTE_LIMIT: '100000', GOOGLE_PERSON_MINUTE_LIMIT: '100000' };
  const env = { ...(options.hasGoogleQuotas === true ? {} : wide), ...options.env };
  const start = () => startServer(sandbox, { port, dataFolder, env });
  let server: Child | undefined;
  const stop = async (): Promise<void> => {
    await server?.stop();
    if (options.sandbox === undefined) await sandbox.process.stop();
  };
  try {
    const view = viewOf(sandbox);
    if (options.hasGoogleQuotas !== true) await view.changeGoogle({ action: 'setQuotas', isOn: false });
    server = await start();
    const person = await signedInPerson(url, options.email ?? amelia);
    const made = await makeExporters(person, options.exporters ?? exportersOfTests);
    const exporterOf = (dataset: string): ExporterView => {
      const found = made.exporters.find((exporter) => exporter.dataset === dataset);
      if (found === undefined) throw new Error(`The demo makes no exporter of ${dataset}`);
      return found;
    };
    return {
      ...view,
      ...made,
      url,
      port,
      dataFolder,
      person,
      server: () => server as Child,
      async startServer() {
        server = await start();
      },
      run: (exporters = made.exporters) => runAll(person, exporters, () => undefined),
      exporterOf,
      async sheetOf(dump, dataset) {
        const params = { exporterId: exporterOf(dataset).id };
        const { sheetId } = await person.call('getExporter', { params });
        const sheet = dump.sheets.find((one) => one.sheetId === sheetId);
        if (sheet === undefined) throw new Error(`The exporter of ${dataset} has no tab`);
        return sheet;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
