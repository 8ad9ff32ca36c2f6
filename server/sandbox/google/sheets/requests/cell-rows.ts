/** The rows of cells that a request brings, read by hand: a schema walk over 150,000 cells would cost more than the write. */
import * as z from 'zod';
import { invalidArgument } from '../../google-api-error.ts';
import { type CellData, readCellData } from '../write-cells.ts';

export const rowsSchema = z.array(z.unknown()).optional();

export const cellsOf = (row: unknown, index: number): readonly (CellData | undefined)[] => {
  if (row === null || typeof row !== 'object') throw invalidArgument(`Invalid value at 'rows[${index}]'.`);
  const values = (row as { values?: unknown }).values ?? [];
  if (!Array.isArray(values)) throw invalidArgument(`Invalid value at 'rows[${index}].values'.`);
  return values.map((cell, column) => readCellData(cell, () => `rows[${index}].values[${column}]`));
};
