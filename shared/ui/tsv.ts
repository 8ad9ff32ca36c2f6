/** Tables as text that a spreadsheet takes when it is pasted: cells by tab, rows by line. */

export interface TsvColumn {
  label: string;
  /** Of the catalogue; only `text` needs care. */
  type: string;
}
type TsvCell = string | number | boolean | null;

/** Text that a spreadsheet would take for a formula gets its apostrophe, which the spreadsheet takes away again. */
export function tsvOf(columns: readonly TsvColumn[], rows: ReadonlyArray<readonly TsvCell[]>): string {
  const lines = [
    columns.map((column) => cellText(column.label, 'text')),
    ...rows.map((row) => row.map((cell, at) => cellText(cell, columns[at]?.type ?? 'text'))),
  ];
  return lines.map((line) => line.join('\t')).join('\n');
}

function cellText(cell: TsvCell, type: string): string {
  if (cell === null) return '';
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  const text = String(cell).replace(/[\t\r\n]+/g, ' ');
  return type === 'text' && /^[=+\-@']/.test(text) ? `'${text}` : text;
}
