/**
 * Two small copies, real in kind: lines of a text → blobs at the address of their content, and numbers → cells of a
 * SQLite sheet at their row. They stand in for pull and publish where the engine itself is on trial.
 */
import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { StepKind } from '../../server/engine/step.ts';
import { FatalError, WaitError } from '../../server/errors.ts';
import type { Blobs, Clock } from '../../server/ports.ts';

/** The sink of the second copy: writes at an address, so twice is the same as once. */
export interface Sheet {
  write(row: number, values: readonly number[]): Promise<void>;
  cells(): Promise<Array<{ row: number; value: number }>>;
  close(): void;
}

export const sqliteSheet = (path: string): Sheet => {
  const database = new DatabaseSync(path);
  database.exec('pragma journal_mode = wal; pragma busy_timeout = 5000');
  database.exec('create table if not exists cells (row integer primary key, value real not null)');
  const put = database.prepare(
    'insert into cells values (?, ?) on conflict (row) do update set value = excluded.value',
  );
  return {
    async write(row, values) {
      database.exec('begin immediate');
      for (const [index, value] of values.entries()) put.run(row + index, value);
      database.exec('commit');
    },
    async cells() {
      return database
        .prepare('select row, value from cells order by row')
        .all()
        .map((cell) => ({ row: Number(cell['row']), value: Number(cell['value']) }));
    },
    close: () => database.close(),
  };
};

export interface CopyPorts {
  blobs: Blobs;
  sheet: Sheet;
  clock: Clock;
}

/** Called as each unit begins, before it does anything: tests count, pause and fail there. */
export type OnUnit = (unit: { kind: string; place: number }) => Promise<void> | void;

const linesInput = z.object({ count: z.int(), perUnit: z.int() });
const linesPlace = z.object({ next: z.int(), paths: z.array(z.string()) });

/** Line n of the source; every seventh cannot be read, which is a gap and no reason to stop. */
export const lineOf = (n: number): string => (n % 7 === 6 ? '\uFFFD' : `line ${n}: ${'x'.repeat(n % 40)}`);

export const linesCopy = ({ blobs }: CopyPorts, onUnit: OnUnit = () => undefined): StepKind => ({
  kind: 'lines',
  async advance(input, checkpoint, context) {
    const { count, perUnit } = linesInput.parse(input);
    const place = checkpoint === null ? { next: 0, paths: [] } : linesPlace.parse(checkpoint);
    await onUnit({ kind: 'lines', place: place.next });
    if (place.next >= count) {
      const list = new TextEncoder().encode(JSON.stringify(place.paths));
      await context.guard();
      await blobs.put(`lists/${hashOf(list)}`, list);
      return { kind: 'done', counters: { xeroCalls: 1 } };
    }
    const end = Math.min(place.next + perUnit, count);
    const lines = Array.from({ length: end - place.next }, (_, index) => lineOf(place.next + index));
    const readable = lines.filter((line) => line !== '\uFFFD');
    const bytes = new TextEncoder().encode(readable.join('\n'));
    const path = `lines/${hashOf(bytes)}`;
    context.report({ what: 'Copying lines', done: end, total: count });
    await context.guard();
    await blobs.put(path, bytes);
    const unreadable = lines.length - readable.length;
    return {
      kind: 'more',
      checkpoint: { next: end, paths: [...place.paths, path] },
      counters: { xeroCalls: 1, xeroBytes: bytes.length },
      gaps: unreadable > 0 ? [{ what: 'lines', reason: 'unreadable-record', count: unreadable }] : [],
    };
  },
});

const numbersInput = z.object({ count: z.int(), perUnit: z.int(), waitMs: z.int() });

/** Writes n² at row n. Half-way it must wait until `waitMs` after the request, as for a limit. */
export const numbersCopy = ({ sheet, clock }: CopyPorts, onUnit: OnUnit = () => undefined): StepKind => ({
  kind: 'numbers',
  async advance(input, checkpoint, context) {
    const { count, perUnit, waitMs } = numbersInput.parse(input);
    const next = checkpoint === null ? 0 : z.int().parse(checkpoint);
    await onUnit({ kind: 'numbers', place: next });
    if (next >= count / 2 && clock.now() < context.requestedAt + waitMs)
      throw new WaitError('XERO_MINUTE_LIMIT', context.requestedAt + waitMs);
    const values = Array.from({ length: Math.min(perUnit, count - next) }, (_, index) => (next + index) ** 2);
    context.report({ what: 'Writing numbers', done: next + values.length, total: count });
    await context.guard();
    await sheet.write(next, values);
    const written = { rows: values.length, cellsWritten: values.length };
    const end = next + values.length;
    return end >= count
      ? { kind: 'done', counters: written }
      : { kind: 'more', checkpoint: end, counters: written };
  },
});

/** What the sinks hold; a run that was disturbed must leave the same as one that was not. */
export async function sinksOf({ blobs, sheet }: CopyPorts): Promise<{ blobs: string[]; cells: unknown }> {
  const paths = await blobs.list('', { limit: 10_000 });
  for (const path of paths) {
    const bytes = await blobs.get(path);
    if (!bytes || !path.endsWith(hashOf(bytes))) throw new FatalError('BLOB_DAMAGED', { path });
  }
  return { blobs: paths, cells: await sheet.cells() };
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
