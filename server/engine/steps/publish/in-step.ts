/**
 * Sheets and Drive for several publishes of one spreadsheet that go in step: each makes its calls as if it were alone, and calls
 * of one kind go out as one. A call is held until every one of them has made its next or is done; then those that are
 * furthest behind go on. What Google refuses as a whole is asked for again one by one, so that each gets its own answer.
 */
import type { EnteredCells, GridRange } from '../../../domain/spreadsheet.ts';
import type { Drive, SheetRequest, Sheets } from '../../../ports.ts';
import { isPassingTrouble, LeftOut } from './left-out.ts';

export interface Seat {
  sheets: Sheets;
  drive: Drive;
  /** Makes no more calls. Once. */
  leave(): void;
}

interface Held {
  /** The lower the sooner; those of one rank and key go together. */
  rank: number;
  key: string;
  seat: number;
  send(group: readonly Held[]): Promise<void>;
  refuse(error: unknown): void;
}

interface Limits {
  /** Cells read, and bytes written, in one call. */
  cellsPerRead: number;
  requestBytes: number;
}

/** Order of an attempt's calls; after its write an attempt begins anew, behind all that have not written yet. */
const ranks = { version: 0, layout: 1, spills: 2, notes: 3, cells: 4, fill: 5, apply: 6 };
const afterWrite = 10;

export function inStep(
  { sheets, drive }: { sheets: Sheets; drive: Drive },
  count: number,
  limits: Limits,
): Seat[] {
  let present = count;
  let held: Held[] = [];

  const goOn = (): void => {
    if (present === 0 || held.length < present) return;
    const [first] = held.toSorted((a, b) => a.rank - b.rank || a.seat - b.seat);
    if (first === undefined) return;
    const group = held
      .filter(({ rank, key }) => rank === first.rank && key === first.key)
      .sort((a, b) => a.seat - b.seat);
    held = held.filter((one) => !group.includes(one));
    void first.send(group).catch((error: unknown) => {
      for (const one of group) one.refuse(error);
    });
  };

  const seatOf = (seat: number): Seat => {
    let writes = 0;
    const hold = <T>(
      rank: number,
      key: string,
      ask: unknown,
      sendAll: (group: ReadonlyArray<Waiting<T>>) => Promise<void>,
    ): Promise<T> =>
      new Promise<T>((answer, refuse) => {
        const waiting: Waiting<T> = {
          rank: rank + writes * afterWrite,
          key,
          seat,
          ask,
          answer,
          refuse,
          send: (group) => sendAll(group as ReadonlyArray<Waiting<T>>),
        };
        held.push(waiting);
        goOn();
      });
    return {
      drive: {
        ...drive,
        version: (grantId, fileId) =>
          hold(
            ranks.version,
            'version',
            undefined,
            sameForAll(() => drive.version(grantId, fileId)),
          ),
      },
      sheets: {
        layout: (grantId, id, keys) =>
          hold(
            ranks.layout,
            'layout',
            undefined,
            sameForAll(() => sheets.layout(grantId, id, keys)),
          ),
        cells(grantId, id, ranges, options = {}) {
          const rank = options.withSpills ? ranks.spills : options.withNotes ? ranks.notes : ranks.cells;
          const read = (wanted: readonly GridRange[]) => sheets.cells(grantId, id, wanted, options);
          return hold(rank, 'cells', ranges, (group) => readTogether(read, group, limits.cellsPerRead));
        },
        fill: (grantId, id, range, rows) =>
          hold(
            ranks.fill,
            `fill ${seat}`,
            undefined,
            sameForAll(() => sheets.fill(grantId, id, range, rows)),
          ),
        async apply(grantId, id, requests) {
          const write = (batch: readonly SheetRequest[]) => sheets.apply(grantId, id, batch);
          const outcome = await hold<Outcome>(ranks.apply, 'apply', requests, (group) =>
            writeTogether(write, group, limits.requestBytes),
          );
          writes += 1;
          return outcome;
        },
      },
      leave() {
        present -= 1;
        goOn();
      },
    };
  };
  return Array.from({ length: count }, (_, seat) => seatOf(seat));
}

type Outcome = Awaited<ReturnType<Sheets['apply']>>;

interface Waiting<T> extends Held {
  ask: unknown;
  answer(value: T): void;
}

const sameForAll =
  <T>(act: () => Promise<T>) =>
  async (group: ReadonlyArray<Waiting<T>>): Promise<void> => {
    const value = await act();
    for (const one of group) one.answer(value);
  };

/** One call each: what each gets is its own. */
const oneByOne = async <T>(
  group: ReadonlyArray<Waiting<T>>,
  act: (ask: unknown) => Promise<T>,
): Promise<void> => {
  for (const one of group) {
    try {
      one.answer(await act(one.ask));
    } catch (error) {
      one.refuse(error);
    }
  }
};

async function readTogether(
  read: (ranges: readonly GridRange[]) => Promise<EnteredCells[]>,
  group: ReadonlyArray<Waiting<EnteredCells[]>>,
  cellsPerRead: number,
): Promise<void> {
  const rangesOf = ({ ask }: Waiting<EnteredCells[]>) => ask as readonly GridRange[];
  const alone = (ask: unknown) => read(ask as readonly GridRange[]);
  for (const part of packed(group, (one) => cellsOf(rangesOf(one)), cellsPerRead)) {
    if (part.length === 1) await oneByOne(part, alone);
    else {
      let found: EnteredCells[];
      try {
        found = await read(part.flatMap(rangesOf));
      } catch (error) {
        if (isPassingTrouble(error)) throw error;
        await oneByOne(part, alone);
        continue;
      }
      let from = 0;
      for (const one of part) {
        const count = rangesOf(one).length;
        one.answer(found.slice(from, from + count));
        from += count;
      }
    }
  }
}

/** Batches on tabs that an earlier one touches are left out: they were made for a tab as it will not be any more. */
async function writeTogether(
  write: (requests: readonly SheetRequest[]) => Promise<Outcome>,
  group: ReadonlyArray<Waiting<Outcome>>,
  requestBytes: number,
): Promise<void> {
  const alone = (ask: unknown) => write(ask as readonly SheetRequest[]);
  const tabs = new Set<string>();
  const apart: Array<{ one: Waiting<Outcome>; bytes: number }> = [];
  for (const one of group) {
    const text = JSON.stringify(one.ask);
    const own = new Set(Array.from(text.matchAll(/"sheetId":(\d+)/g), ([, id]) => id ?? ''));
    if ([...own].some((id) => tabs.has(id))) one.refuse(new LeftOut());
    else {
      for (const id of own) tabs.add(id);
      apart.push({ one, bytes: Buffer.byteLength(text) });
    }
  }
  for (const part of packed(apart, ({ bytes }) => bytes, requestBytes)) {
    const waiting = part.map(({ one }) => one);
    if (waiting.length === 1) {
      await oneByOne(waiting, alone);
      continue;
    }
    let outcome: Outcome = 'overtaken';
    try {
      outcome = await write(waiting.flatMap(({ ask }) => ask as readonly SheetRequest[]));
    } catch (error) {
      if (isPassingTrouble(error)) throw error;
    }
    // All of it or nothing: nothing was done.
    if (outcome === 'overtaken') await oneByOne(waiting, alone);
    else for (const one of waiting) one.answer(outcome);
  }
}

/** In their order, as many together as fit. */
function packed<T>(all: readonly T[], sizeOf: (one: T) => number, most: number): T[][] {
  const parts: T[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const one of all) {
    size += sizeOf(one);
    const last = parts.at(-1);
    if (last === undefined || size > most) {
      parts.push([one]);
      size = sizeOf(one);
    } else last.push(one);
  }
  return parts;
}

const cellsOf = (ranges: readonly GridRange[]): number =>
  ranges.reduce(
    (sum, { startRow, endRow, startColumn, endColumn }) =>
      sum + (endRow - startRow) * (endColumn - startColumn),
    0,
  );
