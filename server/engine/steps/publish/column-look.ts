/** How a dataset's column types look in a sheet: what kind of cell they are, and the number format they get once. */
import type { WantedColumn } from '../../../domain/placement.ts';
import type { SheetKind } from '../../../domain/sheet-value.ts';
import type { Column, ColumnType } from '../../../resources/resource.ts';

interface Look {
  kind: SheetKind;
  /** Google wants the type with every pattern (google-platform.md section 5.4). */
  format: { type: 'TEXT' | 'NUMBER' | 'DATE' | 'DATE_TIME'; pattern: string } | null;
}

const LOOKS: Readonly<Record<ColumnType, Look>> = {
  // `@` keeps later typing in the column from turning a code into a number.
  text: { kind: 'text', format: { type: 'TEXT', pattern: '@' } },
  money: { kind: 'number', format: { type: 'NUMBER', pattern: '#,##0.00' } },
  quantity: { kind: 'number', format: { type: 'NUMBER', pattern: '#,##0.####' } },
  rate: { kind: 'number', format: { type: 'NUMBER', pattern: '0.000000' } },
  integer: { kind: 'number', format: { type: 'NUMBER', pattern: '0' } },
  boolean: { kind: 'boolean', format: null },
  date: { kind: 'date', format: { type: 'DATE', pattern: 'yyyy-mm-dd' } },
  instant: { kind: 'instant', format: { type: 'DATE_TIME', pattern: 'yyyy-mm-dd hh:mm' } },
};

export const wantedColumn = ({ key, label, type }: Column): WantedColumn => ({
  key,
  label,
  kind: LOOKS[type].kind,
  look: type,
});

export const formatOf = (column: WantedColumn): Look['format'] =>
  column.look in LOOKS ? LOOKS[column.look as ColumnType].format : null;
