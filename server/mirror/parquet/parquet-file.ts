/**
 * Our own Parquet writer, because DuckDB's took ten times the CPU for what a segment needs: seven columns, written once, plain
 * and compressed (decisions/0017). The same columns give the same bytes.
 */
import type { ParquetColumn } from './column.ts';
import { fileFooter, fileMark, type StoredRows } from './footer.ts';
import { type StoredPages, storePages, valueSizes } from './pages.ts';

/** What DuckDB takes at a time. */
const mostRows = 2_048;
/** Groups end here too, so that nobody needs the memory for two thousand long texts at once. */
const mostBytes = 16 << 20;

/** A whole file of these columns, which are of one length, in pieces that follow each other. */
export function parquetFile(columns: readonly ParquetColumn[]): Uint8Array[] {
  const rows = columns[0]?.values.length ?? 0;
  const sized = columns.map((column) => ({ column, sizes: valueSizes(column) }));
  const pieces: Uint8Array[] = [fileMark];
  const groups: StoredRows[] = [];
  let offset = fileMark.length;
  for (let from = 0; from < rows; ) {
    const to = endOfGroup(
      sized.map(({ sizes }) => sizes),
      from,
      rows,
    );
    const chunks: StoredPages[] = [];
    groups.push({ from, to, offset, chunks });
    for (const { column, sizes } of sized) {
      const chunk = storePages(column, sizes, { from, to });
      chunks.push(chunk);
      for (const piece of chunk.pieces) pieces.push(piece);
      offset += chunk.storedBytes;
    }
    from = to;
  }
  return [...pieces, fileFooter(columns, rows, groups)];
}

function endOfGroup(sizes: readonly Uint32Array[], from: number, rows: number): number {
  const most = Math.min(rows, from + mostRows);
  let bytes = 0;
  for (let at = from; at < most; at += 1) {
    for (const of of sizes) bytes += of[at] ?? 0;
    if (bytes > mostBytes && at > from) return at;
  }
  return most;
}
