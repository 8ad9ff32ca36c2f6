/** The catalogue as people choose from it. */
import type { DatasetView } from '../../shared/contract/catalogue.ts';
import { catalogue } from '../datasets/index.ts';

export const viewCatalogue = (): DatasetView[] =>
  catalogue.map((dataset) => ({
    id: dataset.id,
    label: dataset.label,
    group: dataset.group,
    description: dataset.description,
    key: dataset.key === null ? null : [...dataset.key],
    columns: dataset.columns.map(({ key, label, type, isDefault }) => ({ key, label, type, isDefault })),
    params: dataset.params.map((param) => ({
      name: param.name,
      label: param.label,
      options: param.options.map(({ value, label }) => ({ value, label })),
      default: param.options[0].value,
    })),
  }));
