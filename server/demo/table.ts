/** A table for a terminal: numbers to the right, one hairline under the header, colour only where it is wanted. */

export interface TableColumn {
  header: string;
  align: 'left' | 'right';
}

/** Rows of text, aligned by the width that people see (accents and wide signs count as they show, roughly). */
export function tableText(columns: readonly TableColumn[], rows: readonly string[][]): string {
  const widths = columns.map((column, index) =>
    Math.max(column.header.length, ...rows.map((row) => (row[index] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    columns
      .map((column, index) => {
        const cell = cells[index] ?? '';
        const width = widths[index] ?? 0;
        return column.align === 'right' ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  const header = line(columns.map((column) => column.header));
  return [header, widths.map((width) => '─'.repeat(width)).join('──'), ...rows.map(line)].join('\n');
}

export const sayNumber = (value: number): string => value.toLocaleString('en-GB');

/** "2.3 MB", "640 KB", "0". */
export function sayBytes(bytes: number): string {
  if (bytes === 0) return '0';
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1_000))} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** "0.8 s", "12 s", "2 min 05 s". */
export function saySeconds(ms: number): string {
  if (ms < 10_000) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}
