/** How a filter reads, by the type of its column. */
import type { ColumnView } from '../../shared/contract/catalogue.ts';
import type { Filter } from '../../shared/contract/exporter.ts';

type Op = Filter['op'];
type Words = ReadonlyArray<readonly [Op, string]>;

const text: Words = [
  ['is', 'is'],
  ['is-not', 'is not'],
  ['one-of', 'is one of'],
  ['contains', 'contains'],
];
const number: Words = [
  ['from', 'is at least'],
  ['to', 'is at most'],
  ['is', 'is'],
  ['is-not', 'is not'],
];
const day: Words = [
  ['from', 'is on or after'],
  ['to', 'is on or before'],
  ['is', 'is'],
];
const moment: Words = [
  ['from', 'is from'],
  ['to', 'is until'],
];

const wordsByType: Record<ColumnView['type'], Words> = {
  text,
  money: number,
  quantity: number,
  rate: number,
  integer: number,
  boolean: [['is', 'is']],
  date: day,
  instant: moment,
};

export const opsOf = (type: ColumnView['type']): Words => wordsByType[type];

export const firstFilter = (column: ColumnView): Filter => ({
  column: column.key,
  op: opsOf(column.type)[0]?.[0] ?? 'is',
  values: [column.type === 'boolean' ? 'true' : ''],
});
