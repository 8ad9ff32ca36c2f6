/** What the demo prints: one table that a person enjoys, or one JSON object for a program. */
import type { RunView } from '../../shared/contract/run.ts';
import { progressText } from './progress-text.ts';
import type { Reconciled } from './reconcile.ts';
import { sayBytes, sayNumber, saySeconds, tableText } from './table.ts';

export interface ExporterResult {
  name: string;
  dataset: string;
  /** First run, then the run after the changes. */
  runs: RunView[];
}

export const msOf = (run: RunView): number =>
  run.endedAt === null ? 0 : Date.parse(run.endedAt) - Date.parse(run.startedAt ?? run.requestedAt);

/** `{exporters: [{name, dataset, runs: [...]}], totals: {reconciled, difference}}` */
export const jsonReport = (exporters: readonly ExporterResult[], reconciled: Reconciled): string =>
  JSON.stringify({
    exporters: exporters.map(({ name, dataset, runs }) => ({
      name,
      dataset,
      runs: runs.map((run) => ({
        status: run.status,
        rows: run.counters.rows,
        cellsWritten: run.counters.cellsWritten,
        xeroCalls: run.counters.xeroCalls,
        xeroBytes: run.counters.xeroBytes,
        ms: msOf(run),
      })),
    })),
    totals: { reconciled: reconciled.reconciled, difference: reconciled.difference },
  });

const left = (header: string) => ({ header, align: 'left' }) as const;
const right = (header: string) => ({ header, align: 'right' }) as const;

export function runTable(exporters: readonly ExporterResult[], at: number): string {
  const runs = exporters.flatMap((one) => one.runs[at] ?? []);
  const total = (of: (run: RunView) => number): number => runs.reduce((sum, run) => sum + of(run), 0);
  const rows = exporters.map(({ name, runs: all }) => {
    const run = all[at];
    if (run === undefined) return [name, 'not run'];
    const { counters } = run;
    return [
      name,
      progressText(run),
      sayNumber(counters.rows),
      sayNumber(counters.cellsWritten),
      sayNumber(counters.xeroCalls),
      sayBytes(counters.xeroBytes),
      saySeconds(msOf(run)),
    ];
  });
  const ended = runs.map((run) => Date.parse(run.endedAt ?? run.requestedAt));
  const begun = runs.map((run) => Date.parse(run.requestedAt));
  return tableText(
    [
      left('Exporter'),
      left('Run'),
      right('Rows'),
      right('Cells written'),
      right('Xero calls'),
      right('Bytes'),
      right('Time'),
    ],
    [
      ...rows,
      [
        'All',
        '',
        sayNumber(total((run) => run.counters.rows)),
        sayNumber(total((run) => run.counters.cellsWritten)),
        sayNumber(total((run) => run.counters.xeroCalls)),
        sayBytes(total((run) => run.counters.xeroBytes)),
        saySeconds(Math.max(0, ...ended) - Math.min(...begun)),
      ],
    ],
  );
}

export function reconciledText({ checks, difference, reconciled }: Reconciled): string {
  if (checks.length === 0) return 'Not reconciled: not every run succeeded.';
  const off = checks.filter((check) => !/^-?0*(\.0*)?$/.test(check.difference));
  if (reconciled)
    return `Reconciled: ${sayNumber(checks.length)} checks, difference ${difference}.
  Each account of the profit and loss, balance sheet and bank summary tabs equals its figure in the trial
  balance tab, and what is due of invoices and left of credit notes, prepayments and overpayments equals
  the receivable and payable control accounts.`;
  return [
    `NOT reconciled: difference ${difference} over ${sayNumber(checks.length)} checks.`,
    ...off.map((check) => `  ${check.what}: ${check.found} in the tab, ${check.expected} by the other`),
  ].join('\n');
}

/** What went wrong and what is missing, each said once; '' when there is nothing to say. */
export function troubleText(runs: readonly RunView[]): string {
  const errors = runs.flatMap(({ error }) => (error === null ? [] : [`${error.code}: ${error.sentence}`]));
  const gaps = runs.flatMap((run) => run.gaps.map(({ what, reason }) => `Named gap: ${what} (${reason})`));
  return [...new Set([...errors, ...gaps])].join('\n');
}
