/** A resource as a dataset: its records, or one of its lists of lines, with the resource's own columns in a readable order. */
import type { Resource } from '../resources/resource.ts';
import type { Dataset } from './dataset.ts';

type Words = Pick<Dataset, 'label' | 'group' | 'description'> & {
  /** The column that names a row for ever, or several together; null where rows have no such name. */
  key: string | readonly string[] | null;
  orderBy: readonly string[];
};

export const recordDataset = (resource: Resource, { key, orderBy, ...words }: Words): Dataset => ({
  id: resource.name,
  ...words,
  needs: { resources: [resource.name], reports: [] },
  key: keyOf(key),
  columns: resource.columns,
  params: [],
  source: { kind: 'mirror', from: { kind: 'records', resource: resource.name }, orderBy },
});

/** `name` is one of the resource's lists of lines; another one is a bug. */
export function lineDataset(
  id: string,
  resource: Resource,
  name: string,
  { key, orderBy, ...words }: Words,
): Dataset {
  const lines = resource.lines.find((one) => one.name === name);
  if (lines === undefined) throw new Error(`${resource.name} has no ${name}`);
  return {
    id,
    ...words,
    needs: { resources: [resource.name], reports: [] },
    key: keyOf(key),
    columns: lines.columns,
    params: [],
    source: { kind: 'mirror', from: { kind: 'lines', resource: resource.name, lines: name }, orderBy },
  };
}

const keyOf = (key: Words['key']): Dataset['key'] => (typeof key === 'string' ? [key] : key);
