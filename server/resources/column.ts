/** Short ways to write a column down, so that a resource file reads as a table. */
import type { Column, ColumnType } from './resource.ts';

type Make = (key: string, label: string, path: string) => Column;

const shown =
  (type: ColumnType): Make =>
  (key, label, path) => ({ key, label, type, path, isDefault: true });

const offered =
  (type: ColumnType): Make =>
  (key, label, path) => ({ key, label, type, path, isDefault: false });

/** Columns of the default set, by type. */
export const text = shown('text');
export const money = shown('money');
export const quantity = shown('quantity');
export const date = shown('date');
export const flag = shown('boolean');
export const rate = shown('rate');

/** Columns that people may add. */
export const more = {
  text: offered('text'),
  money: offered('money'),
  quantity: offered('quantity'),
  rate: offered('rate'),
  integer: offered('integer'),
  flag: offered('boolean'),
  date: offered('date'),
  instant: offered('instant'),
};
