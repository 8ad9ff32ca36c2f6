/** The rows of a dataset for one exporter: what publish writes and preview shows. */
import type { Filter } from '../domain/exporter.ts';
import { reportCalls, todayOf } from '../domain/report-calls.ts';
import { FatalError, UserError } from '../errors.ts';
import type { Cell, Mirror, RowBatch } from '../mirror/mirror.ts';
import { accounts } from '../resources/accounts.ts';
import { reportNamed } from '../resources/index.ts';
import { reportsResource } from '../resources/report.ts';
import type { Column } from '../resources/resource.ts';
import type { Dataset } from './dataset.ts';
import { columnsOf, paramsOf } from './index.ts';
import { calendarOf } from './organisation-calendar.ts';
import type { Account, Answer, ReportRows } from './report-rows.ts';
import { checkFilter, passes } from './row-filter.ts';

export interface RowsWanted {
  params: Readonly<Record<string, string>>;
  /** Keys in the wanted order; null takes the default columns. */
  columns: readonly string[] | null;
  filters: readonly Filter[];
  /** The instant (ms) whose date, in the organisation's time zone, is today: the run's `requestedAt`. */
  at: number;
}

export interface Rows {
  /** As they will stand: a report's `months` is one column for each month. */
  columns: Column[];
  batches: AsyncIterable<RowBatch>;
}

/**
 * The rows of the current generation in a total order. UserError `INVALID_INPUT` for parameters, columns or filters that
 * the dataset does not have, `NOT_FOUND` for a report that was never pulled.
 */
export async function rowsOf(mirror: Mirror, dataset: Dataset, wanted: RowsWanted): Promise<Rows> {
  const columns = columnsOf(dataset, wanted.columns, await mirror.index());
  const params = paramsOf(dataset, wanted.params);
  for (const { column } of wanted.filters)
    if (!dataset.columns.some((one) => one.key === column))
      throw new UserError('INVALID_INPUT', {
        field: 'filters',
        problem: `${dataset.label} has no column ${column}`,
      });
  const { source } = dataset;
  if (source.kind === 'mirror')
    return {
      columns,
      batches: mirror.rows({
        source: source.from,
        columns,
        filters: wanted.filters,
        orderBy: source.orderBy,
      }),
    };
  const answers = await answersOf(mirror, source.report, params, wanted.at);
  return tableRows(dataset, columns, wanted.filters, source.rows(answers, await accountsOf(mirror)));
}

function tableRows(
  dataset: Dataset,
  chosen: readonly Column[],
  filters: readonly Filter[],
  { months, rows, unreadable }: ReturnType<ReportRows>,
): Rows {
  const columns = chosen.flatMap((column) => (column.key === 'months' ? months : [column]));
  const typeOf = (key: string) => dataset.columns.find((column) => column.key === key)?.type ?? 'text';
  for (const filter of filters) checkFilter(typeOf(filter.column), filter);
  const kept = rows.filter(({ cells }) =>
    filters.every((filter) => passes(cells.get(filter.column) ?? null, typeOf(filter.column), filter)),
  );
  const batch: RowBatch = {
    rows: kept.map(({ cells }) => columns.map((column): Cell => cells.get(column.key) ?? null)),
    gaps: unreadable > 0 ? [{ what: dataset.label, reason: 'unreadable-value', count: unreadable }] : [],
  };
  return { columns, batches: one(batch) };
}

async function* one(batch: RowBatch): AsyncGenerator<RowBatch> {
  yield batch;
}

async function answersOf(
  mirror: Mirror,
  report: string,
  params: Readonly<Record<string, string>>,
  at: number,
): Promise<Answer[]> {
  const calendar = await calendarOf(mirror);
  const answers: Answer[] = [];
  for (const call of reportCalls(reportNamed(report), params, calendar, todayOf(calendar, at))) {
    const raw = await mirror.record(reportsResource, call.id);
    if (raw === undefined) throw new UserError('NOT_FOUND', { what: reportNamed(report).label });
    answers.push({ call, raw });
  }
  return answers;
}

async function accountsOf(mirror: Mirror): Promise<Map<string, Account>> {
  const wanted = ['account-id', 'code', 'name', 'type'];
  const columns = wanted.flatMap((key) => accounts.columns.find((column) => column.key === key) ?? []);
  const found = new Map<string, Account>();
  const request = {
    source: { kind: 'records', resource: accounts.name } as const,
    columns,
    filters: [],
    orderBy: [],
  };
  for await (const { rows } of mirror.rows(request)) {
    for (const [id, code, name, type] of rows) {
      if (typeof id !== 'string') throw new FatalError('QUERY_FAILED');
      found.set(id, { code: String(code ?? ''), name: String(name ?? ''), type: String(type ?? '') });
    }
  }
  return found;
}
