/** What a person has chosen in the form of an exporter, and how it starts. */
import type { DatasetView } from '../../shared/contract/catalogue.ts';
import type { ConnectionView } from '../../shared/contract/connection.ts';
import type { ExporterView, Filter } from '../../shared/contract/exporter.ts';
import type { Schedule } from '../../shared/contract/schedule.ts';

type Organisation = Pick<ConnectionView, 'id' | 'timeZone'>;

export interface Choice {
  name: string;
  connectionId: string;
  dataset: string;
  params: Record<string, string>;
  /** Null: the dataset's own choice. */
  columns: string[] | null;
  filters: Filter[];
  /** Null: it runs only when a person says so. */
  schedule: Schedule | null;
}

export const firstChoice = (
  dataset: DatasetView | undefined,
  connectionId: string,
  schedule: Schedule | null = null,
): Choice => ({
  name: dataset?.label ?? '',
  connectionId,
  dataset: dataset?.id ?? '',
  params: defaultsOf(dataset),
  columns: null,
  filters: [],
  schedule,
});

export const choiceOf = ({
  name,
  connectionId,
  dataset,
  params,
  columns,
  filters,
  schedule,
}: ExporterView): Choice => ({
  name,
  connectionId,
  dataset,
  params,
  columns,
  filters,
  schedule: schedule?.rule ?? null,
});

/** Columns, filters and parameters belong to a dataset; a name that the person typed stays. */
export const withDataset = (choice: Choice, from: DatasetView | undefined, to: DatasetView): Choice => ({
  ...firstChoice(to, choice.connectionId, choice.schedule),
  name: choice.name.trim() === '' || choice.name === from?.label ? to.label : choice.name,
});

/** Its zone goes along with the organisation until the person chooses another one. */
export function withOrganisation(choice: Choice, from: Organisation | undefined, to: Organisation): Choice {
  const { schedule } = choice;
  const isUsual = schedule !== null && schedule.zone === usualZoneOf(from);
  return {
    ...choice,
    connectionId: to.id,
    schedule: isUsual ? { ...schedule, zone: usualZoneOf(to) } : schedule,
  };
}

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

/** The organisation's zone, or that of the person before it. */
export const usualZoneOf = (organisation: { timeZone: string } | undefined): string =>
  organisation?.timeZone || Intl.DateTimeFormat().resolvedOptions().timeZone;

const defaultsOf = (dataset: DatasetView | undefined): Record<string, string> =>
  Object.fromEntries((dataset?.params ?? []).map((param) => [param.name, param.default]));
