/** What a person has chosen in the form of an exporter, and how it starts. */
import type { DatasetView } from '../../shared/contract/catalogue.ts';
import type { ExporterView, Filter } from '../../shared/contract/exporter.ts';

export interface Choice {
  name: string;
  connectionId: string;
  dataset: string;
  params: Record<string, string>;
  /** Null: the dataset's own choice. */
  columns: string[] | null;
  filters: Filter[];
}

export const firstChoice = (dataset: DatasetView | undefined, connectionId: string): Choice => ({
  name: dataset?.label ?? '',
  connectionId,
  dataset: dataset?.id ?? '',
  params: defaultsOf(dataset),
  columns: null,
  filters: [],
});

export const choiceOf = ({
  name,
  connectionId,
  dataset,
  params,
  columns,
  filters,
}: ExporterView): Choice => ({ name, connectionId, dataset, params, columns, filters });

/** Columns, filters and parameters belong to a dataset; a name that the person typed stays. */
export const withDataset = (choice: Choice, from: DatasetView | undefined, to: DatasetView): Choice => ({
  ...firstChoice(to, choice.connectionId),
  name: choice.name.trim() === '' || choice.name === from?.label ? to.label : choice.name,
});

/** A filter without a value is not meant yet. */
export const meantFilters = (filters: readonly Filter[]): Filter[] =>
  filters
    .map((filter) => ({ ...filter, values: filter.values.map((value) => value.trim()).filter(Boolean) }))
    .filter((filter) => filter.values.length > 0);

export const defaultColumns = (dataset: DatasetView): string[] =>
  dataset.columns.filter((column) => column.isDefault).map((column) => column.key);

/** Null when what is chosen is the default anyway, so that the exporter follows the default. */
export function columnsOrDefault(dataset: DatasetView, columns: readonly string[]): string[] | null {
  const own = defaultColumns(dataset);
  const isDefault = own.length === columns.length && own.every((key, at) => key === columns[at]);
  return isDefault ? null : [...columns];
}

const defaultsOf = (dataset: DatasetView | undefined): Record<string, string> =>
  Object.fromEntries((dataset?.params ?? []).map((param) => [param.name, param.default]));
