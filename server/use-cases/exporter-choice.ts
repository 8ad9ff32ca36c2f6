/** Checks what a person chose for an exporter against the dataset: columns, parameters, filters. */
import { DateTime } from 'luxon';
import type { Filter } from '../../shared/contract/exporter.ts';
import type { Dataset } from '../datasets/dataset.ts';
import { columnsOf, datasetById, paramsOf } from '../datasets/index.ts';
import { UserError } from '../errors.ts';
import type { Column } from '../resources/resource.ts';

export interface ExporterChoice {
  dataset: string;
  params: Readonly<Record<string, string>>;
  columns: readonly string[] | null;
  filters: readonly Filter[];
}

export interface CheckedChoice {
  dataset: Dataset;
  params: Record<string, string>;
  columns: Column[];
  filters: Filter[];
}

/** UserError `INVALID_INPUT` naming the field. */
export function checkChoice(choice: ExporterChoice): CheckedChoice {
  const dataset = datasetById(choice.dataset);
  return {
    dataset,
    params: paramsOf(dataset, choice.params),
    columns: columnsOf(dataset, choice.columns),
    filters: choice.filters.map((filter, at) => checkFilter(dataset, filter, `filters.${at}`)),
  };
}

function checkFilter(dataset: Dataset, filter: Filter, field: string): Filter {
  const refuse = (part: string, problem: string) =>
    new UserError('INVALID_INPUT', { field: `${field}.${part}`, problem });
  if (dataset.source.kind === 'report') throw refuse('column', `${dataset.label} takes no filters`);
  const column = dataset.columns.find((one) => one.key === filter.column);
  if (column === undefined) throw refuse('column', `${dataset.label} has no column ${filter.column}`);
  if (filter.op !== 'one-of' && filter.values.length !== 1) throw refuse('values', 'takes one value');
  if (filter.op === 'contains' && column.type !== 'text') throw refuse('op', `${column.label} is not text`);
  filter.values.forEach((value, index) => {
    const problem = valueProblem(column.type, value);
    if (problem !== undefined) throw refuse(`values.${index}`, problem);
  });
  return filter;
}

function valueProblem(type: Column['type'], value: string): string | undefined {
  switch (type) {
    case 'text':
      return undefined;
    case 'money':
    case 'quantity':
    case 'rate':
      return /^-?\d{1,28}(\.\d{1,10})?$/.test(value) ? undefined : 'is not a number such as 1234.50';
    case 'integer':
      return /^-?\d{1,15}$/.test(value) ? undefined : 'is not a whole number';
    case 'boolean':
      return value === 'true' || value === 'false' ? undefined : 'is neither true nor false';
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(value) && DateTime.fromISO(value).isValid
        ? undefined
        : 'is not a date such as 2026-03-31';
    case 'instant':
      return DateTime.fromISO(value).isValid ? undefined : 'is not a time such as 2026-03-31T09:00:00Z';
  }
}
