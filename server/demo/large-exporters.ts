/**
 * What the demo makes of a large organisation: the same tabs with fewer columns, over several spreadsheets. A spreadsheet holds ten
 * million cells (google-platform.md 3, 2026-11-20), and while a tab is written a hidden one beside it holds the same cells again.
 */
import { type DemoExporter, demoExporters } from './main-job.ts';

const columns: Readonly<Record<string, readonly string[]>> = {
  invoices: ['number', 'type', 'status', 'contact', 'date', 'currency-rate', 'total', 'due'],
  'invoice-lines': ['number', 'date', 'account-code', 'line-amount'],
  payments: ['date', 'type', 'status', 'amount', 'invoice-number'],
  'bank-transactions': ['date', 'type', 'status', 'contact', 'total'],
  contacts: ['name', 'status', 'email', 'receivable', 'payable'],
};

const books: Readonly<Record<string, string>> = {
  'invoice-lines': 'invoice lines',
  payments: 'cash',
  'bank-transactions': 'cash',
};

export const largeExporters: readonly DemoExporter[] = demoExporters.map((exporter) => ({
  ...exporter,
  columns: columns[exporter.dataset]?.slice() ?? exporter.columns,
  book: books[exporter.dataset] ?? 'books',
}));
