/** The catalogue: everything that can be published. */
import { UserError } from '../errors.ts';
import type { MirrorIndex } from '../mirror/mirror.ts';
import type { Column } from '../resources/resource.ts';
import { balanceSheetDataset } from './balance-sheet.ts';
import { bankSummaryDataset } from './bank-summary.ts';
import { banking } from './banking.ts';
import type { Dataset } from './dataset.ts';
import { executiveSummaryDataset } from './executive-summary.ts';
import { journals } from './journals.ts';
import { newColumn } from './new-columns.ts';
import { people } from './people.ts';
import { profitAndLossDataset } from './profit-and-loss.ts';
import { salesAndPurchases } from './sales-and-purchases.ts';
import { settings } from './settings.ts';
import { trialBalanceDataset } from './trial-balance.ts';

export const catalogue: readonly Dataset[] = [
  ...salesAndPurchases,
  ...banking,
  ...journals,
  ...people,
  ...settings,
  profitAndLossDataset,
  balanceSheetDataset,
  trialBalanceDataset,
  bankSummaryDataset,
  executiveSummaryDataset,
];

/** The dataset of an id; UserError `INVALID_INPUT` naming `dataset` when there is none. */
export function datasetById(id: string): Dataset {
  const found = catalogue.find((dataset) => dataset.id === id);
  if (found === undefined)
    throw new UserError('INVALID_INPUT', { field: 'dataset', problem: `there is no dataset named ${id}` });
  return found;
}

/**
 * The columns of these keys in their order, or the default ones. UserError `INVALID_INPUT` naming `columns` for a key
 * that the dataset does not have, one given twice, or none at all. `known`: the index that says of what type new columns are.
 */
export function columnsOf(
  dataset: Dataset,
  keys: readonly string[] | null,
  known?: Pick<MirrorIndex, 'resources'>,
): Column[] {
  if (keys === null) return dataset.columns.filter((column) => column.isDefault);
  const refuse = (problem: string) => new UserError('INVALID_INPUT', { field: 'columns', problem });
  if (keys.length === 0) throw refuse('choose at least one column');
  const added: Column[] = [];
  return keys.map((key, at) => {
    if (keys.indexOf(key) !== at) throw refuse(`${key} is chosen twice`);
    const own = dataset.columns.find((one) => one.key === key);
    if (own !== undefined) return own;
    const column = newColumn(dataset, key, known, added);
    if (column === undefined) throw refuse(`${dataset.label} has no column ${key}`);
    added.push(column);
    return column;
  });
}

/**
 * The dataset's parameters, complete: what was left out takes its first option. UserError `INVALID_INPUT` naming
 * `params.<name>` for a name or a value that the dataset does not know.
 */
export function paramsOf(dataset: Dataset, given: Readonly<Record<string, string>>): Record<string, string> {
  for (const [name, value] of Object.entries(given)) {
    const param = dataset.params.find((one) => one.name === name);
    const field = `params.${name}`;
    if (param === undefined)
      throw new UserError('INVALID_INPUT', { field, problem: `${dataset.label} has no such choice` });
    if (!param.options.some((option) => option.value === value))
      throw new UserError('INVALID_INPUT', {
        field,
        problem: `choose one of ${param.options.map((option) => option.value).join(', ')}`,
      });
  }
  return Object.fromEntries(
    dataset.params.map((param) => [param.name, given[param.name] ?? param.options[0].value]),
  );
}

/** What a run of the dataset asks of the pull: resources by name, reports as `name?parameters`. */
export function needsOf(
  dataset: Dataset,
  given: Readonly<Record<string, string>>,
): { resources: string[]; reports: string[] } {
  const params = Object.entries(paramsOf(dataset, given)).sort();
  return {
    resources: [...dataset.needs.resources],
    reports: dataset.needs.reports.map((name) => `${name}?${new URLSearchParams(params)}`),
  };
}
