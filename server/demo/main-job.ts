/** The main job as a person does it: sign in, connect, make exporters, run them, and again after changes. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ExporterView } from '../../shared/contract/exporter.ts';
import type { RunView } from '../../shared/contract/run.ts';
import type { Person } from './person.ts';

const credit = (id: string): string[] => [
  'date',
  'type',
  'status',
  'contact',
  'reference',
  'currency',
  'currency-rate',
  'total',
  'remaining',
  'allocated-to',
  id,
];

export interface DemoExporter {
  name: string;
  dataset: string;
  columns: string[] | null;
  /** Of which of the organisation's spreadsheets; the books where left out. */
  book?: string;
}

/** What the demo makes, in the order shown. Columns beyond the default are what the reconciliation reads. */
export const demoExporters: readonly DemoExporter[] = [
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
  {
    name: 'Credit notes',
    dataset: 'credit-notes',
    columns: [
      'number',
      'type',
      'status',
      'contact',
      'date',
      'currency',
      'currency-rate',
      'total',
      'remaining',
      'allocated-to',
      'reference',
      'credit-note-id',
    ],
  },
  { name: 'Prepayments', dataset: 'prepayments', columns: credit('prepayment-id') },
  { name: 'Overpayments', dataset: 'overpayments', columns: credit('overpayment-id') },
  {
    name: 'Profit and loss by month',
    dataset: 'profit-and-loss',
    columns: ['section', 'account-code', 'account', 'months', 'total', 'kind'],
  },
  {
    name: 'Balance sheet',
    dataset: 'balance-sheet',
    columns: ['section', 'account-code', 'account', 'months', 'kind'],
  },
  {
    name: 'Trial balance',
    dataset: 'trial-balance',
    columns: [
      'section',
      'account-code',
      'account',
      'debit',
      'credit',
      'ytd-debit',
      'ytd-credit',
      'ytd-movement',
      'kind',
    ],
  },
  {
    name: 'Bank summary',
    dataset: 'bank-summary',
    columns: ['account-code', 'account', 'opening', 'received', 'spent', 'closing', 'kind'],
  },
];

export interface Made {
  /** The first of them. */
  spreadsheetId: string;
  organisation: string;
  exporters: ExporterView[];
}

/** Connects every organisation in one consent and makes the demo's exporters for the first. */
export async function makeExporters(
  person: Person,
  wishes: readonly DemoExporter[] = demoExporters,
): Promise<Made> {
  await person.connectXero(() => true);
  const { connections } = await person.call('listConnections', {});
  const connection = connections.find((one) => one.name.startsWith('Demo Company')) ?? connections[0];
  if (connection === undefined) throw new Error('The consent connected no organisation');
  const books = new Map<string, string>();
  const bookOf = async (book = 'books'): Promise<string> => {
    const known = books.get(book);
    if (known !== undefined) return known;
    const { id } = await person.call('createSpreadsheet', { body: { title: `${connection.name} ${book}` } });
    books.set(book, id);
    return id;
  };
  const exporters: ExporterView[] = [];
  for (const { name, dataset, columns, book } of wishes) {
    const spreadsheetId = await bookOf(book);
    const destination = { spreadsheetId, tabTitle: name };
    const body = { name, connectionId: connection.id, dataset, columns, destination };
    exporters.push(await person.call('createExporter', { body }));
  }
  return { spreadsheetId: exporters[0]?.spreadsheetId ?? '', organisation: connection.name, exporters };
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

/** Between two looks at one run: of several the fewer each, so that a person's minute is never used up. */
const lookMs = 250;

/** Until each has ended. */
export async function watch(
  person: Person,
  started: readonly RunView[],
  onLook: (runs: readonly RunView[]) => void,
): Promise<RunView[]> {
  let runs = [...started];
  while (!runs.every((run) => endings.has(run.status))) {
    await pause(lookMs * runs.filter((run) => !endings.has(run.status)).length);
    runs = await Promise.all(
      runs.map(async (run) =>
        endings.has(run.status) ? run : person.call('getRun', { params: { runId: run.id } }),
      ),
    );
    onLook(runs);
  }
  return runs;
}
