/** The main job as a person does it: sign in, connect, make exporters, run them, and again after changes. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ExporterView } from '../../shared/contract/exporter.ts';
import type { RunView } from '../../shared/contract/run.ts';
import type { Person } from './person.ts';

/** What the demo makes, in the order shown. Columns beyond the default are what the reconciliation reads. */
export const demoExporters: ReadonlyArray<{ name: string; dataset: string; columns: string[] | null }> = [
  {
    name: 'Invoices by document',
    dataset: 'invoices',
    columns: [
      'number',
      'type',
      'status',
      'contact',
      'date',
      'due-date',
      'currency',
      'currency-rate',
      'subtotal',
      'tax',
      'total',
      'paid',
      'credited',
      'due',
      'reference',
      'invoice-id',
    ],
  },
  { name: 'Invoice lines', dataset: 'invoice-lines', columns: null },
  { name: 'Contacts', dataset: 'contacts', columns: null },
  { name: 'Payments', dataset: 'payments', columns: null },
  { name: 'Bank transactions', dataset: 'bank-transactions', columns: null },
  { name: 'Profit and loss by month', dataset: 'profit-and-loss', columns: null },
  { name: 'Trial balance', dataset: 'trial-balance', columns: null },
];

export interface Made {
  spreadsheetId: string;
  organisation: string;
  exporters: ExporterView[];
}

/** Connects every organisation in one consent and makes the demo's exporters for the first. */
export async function makeExporters(person: Person): Promise<Made> {
  await person.connectXero(() => true);
  const { connections } = await person.call('listConnections', {});
  const connection = connections.find((one) => one.name.startsWith('Demo Company')) ?? connections[0];
  if (connection === undefined) throw new Error('The consent connected no organisation');
  const spreadsheet = await person.call('createSpreadsheet', { body: { title: `${connection.name} books` } });
  const exporters: ExporterView[] = [];
  for (const { name, dataset, columns } of demoExporters) {
    exporters.push(
      await person.call('createExporter', {
        body: {
          name,
          connectionId: connection.id,
          dataset,
          columns,
          destination: { spreadsheetId: spreadsheet.id, tabTitle: name },
        },
      }),
    );
  }
  return { spreadsheetId: spreadsheet.id, organisation: connection.name, exporters };
}

const endings = new Set<RunView['status']>(['succeeded', 'succeeded-with-gaps', 'failed', 'cancelled']);

/** Starts all at once, as a schedule does, and watches until each has ended. `onLook` sees every state. */
export async function runAll(
  person: Person,
  exporters: readonly ExporterView[],
  onLook: (runs: readonly RunView[]) => void,
): Promise<RunView[]> {
  const started = await Promise.all(
    exporters.map((exporter) => person.call('startRun', { params: { exporterId: exporter.id }, body: {} })),
  );
  return await watch(person, started, onLook);
}

/** Until each has ended. */
export async function watch(
  person: Person,
  started: readonly RunView[],
  onLook: (runs: readonly RunView[]) => void,
): Promise<RunView[]> {
  let runs = [...started];
  while (!runs.every((run) => endings.has(run.status))) {
    await pause(250);
    runs = await Promise.all(
      runs.map(async (run) =>
        endings.has(run.status) ? run : person.call('getRun', { params: { runId: run.id } }),
      ),
    );
    onLook(runs);
  }
  return runs;
}
