/** The rows that an exporter wants: read once from the mirror, hashed, and kept compressed for the passes that follow. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, deflateRawSync, inflateRaw, inflateRawSync } from 'node:zlib';
import type { Exporter } from '../../../domain/exporter.ts';
import type { Gap } from '../../../domain/gap.ts';
import type { WantedColumn } from '../../../domain/placement.ts';
import { MAX_CELL_CHARACTERS, toSheetValue } from '../../../domain/sheet-value.ts';
import type { SheetValue } from '../../../domain/spreadsheet.ts';
import { UserError } from '../../../errors.ts';
import type { Cell, RowBatch } from '../../../mirror/mirror.ts';
import type { Column } from '../../../resources/resource.ts';
import type { StepContext } from '../../step.ts';
import { wantedColumn } from './column-look.ts';

/** Rows of an exporter's dataset in their total order; the step knows no dataset. */
export type WantedRows = (
  exporter: Exporter,
  context: StepContext,
) => Promise<{ columns: readonly Column[]; batches: AsyncIterable<RowBatch> }>;

export interface Wanted {
  columns: WantedColumn[];
  rows: number;
  /** SHA-256 over columns and rows, hex. */
  hash: string;
  gaps: Gap[];
  /** Values of rows `from` … in the order of `columns`; a spreadsheet's zone gives instants their clock time. */
  values(timeZone: string, from?: number): AsyncGenerator<SheetValue[]>;
}

interface Part {
  first: number;
  rows: number;
  characters: number;
  bytes: Uint8Array;
}

const PART_CHARACTERS = 1_000_000;
/** Below it, the way to another thread and back costs more than the work. */
const SMALL_BYTES = 16_000;
const deflateElsewhere = promisify(deflateRaw);
const inflateElsewhere = promisify(inflateRaw);
const deflate = async (text: string): Promise<Uint8Array> =>
  text.length < SMALL_BYTES ? deflateRawSync(text, { level: 1 }) : deflateElsewhere(text, { level: 1 });
const inflate = async ({ bytes, characters }: Part): Promise<Buffer> =>
  characters < SMALL_BYTES ? inflateRawSync(bytes) : inflateElsewhere(bytes);

/** UserError `CELL_TOO_LONG` names the row and the column; nothing was written then. */
export async function collectWanted(source: {
  columns: readonly Column[];
  batches: AsyncIterable<RowBatch>;
}): Promise<Wanted> {
  const columns = source.columns.map(wantedColumn);
  const digest = createHash('sha256').update(JSON.stringify(columns));
  const parts: Part[] = [];
  const gaps: Gap[] = [];
  const broken = new Map<number, number>();
  let rows = 0;
  let pending: string[] = [];
  let characters = 0;
  const flush = async (): Promise<void> => {
    if (pending.length === 0) return;
    const text = `[${pending.join(',')}]`;
    digest.update(text);
    const bytes = await deflate(text);
    parts.push({ first: rows - pending.length, rows: pending.length, characters: text.length, bytes });
    pending = [];
    characters = 0;
  };
  for await (const batch of source.batches) {
    gaps.push(...batch.gaps);
    for (const row of batch.rows) {
      rows += 1;
      checkRow(row, rows, columns, broken);
      const text = JSON.stringify(row);
      pending.push(text);
      characters += text.length;
      if (characters >= PART_CHARACTERS) await flush();
    }
  }
  await flush();
  for (const [column, count] of broken) {
    const what = `${columns[column]?.label ?? ''}: characters that a sheet cannot hold`;
    gaps.push({ what, reason: 'unreadable-value', count });
  }
  return {
    columns,
    rows,
    hash: digest.digest('hex'),
    gaps,
    async *values(timeZone, from = 0) {
      for (const part of parts) {
        if (part.first + part.rows <= from) continue;
        const batch: Cell[][] = JSON.parse((await inflate(part)).toString());
        for (const row of batch.slice(Math.max(0, from - part.first))) {
          yield columns.map(({ kind }, index) => toSheetValue(row[index] ?? null, kind, timeZone));
        }
      }
    },
  };
}

/** Half a surrogate pair is no character: Google's UTF-8 has no place for it, so it is shown as � and named as a gap. */
function checkRow(
  row: readonly Cell[],
  number: number,
  columns: readonly WantedColumn[],
  broken: Map<number, number>,
): void {
  row.forEach((cell, index) => {
    if (typeof cell !== 'string') return;
    if (cell.length > MAX_CELL_CHARACTERS) {
      throw new UserError('CELL_TOO_LONG', { where: `${columns[index]?.label ?? ''} of row ${number}` });
    }
    if (!cell.isWellFormed()) broken.set(index, (broken.get(index) ?? 0) + 1);
  });
}
