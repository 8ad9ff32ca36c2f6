/** What changed records mean for the books: when each of them changed, as far as that is told, and how far back it may reach. */
import { isDeepStrictEqual } from 'node:util';
import { dateOf, instantOf } from '../../../domain/dates.ts';
import { cutPage } from '../../../mirror/cutter.ts';
import type { CutRecord, Mirror } from '../../../mirror/mirror.ts';
import { recordText } from '../../../mirror/record-text.ts';
import type { Lasting, Resource } from '../../../resources/resource.ts';
import type { Known } from './id-table.ts';
import { rawHashOf } from './known-records.ts';

export interface BookChange {
  /** By Xero's clock; 0: nobody can say. */
  at: number;
  /** From this date of the books on, '' for any; null: no report moves by it. */
  reach: string | null;
}

/** More texts than these are not compared with those of the mirror: then each counts as a change that nobody can date. */
const mostCompared = 50;

/** Of these changed records, without those whose change was a mark that moves no report. */
export async function bookChanges(
  mirror: Pick<Mirror, 'record'>,
  resource: Resource,
  changed: readonly CutRecord[],
  known: ReadonlyMap<string, Known>,
): Promise<BookChange[]> {
  const { ledger } = resource;
  if (ledger === null) return changed.map(({ updatedAt }) => ({ at: updatedAt, reach: null }));
  const { dateField, lasting } = ledger;
  const changes: BookChange[] = [];
  let compared = 0;
  for (const record of changed) {
    const before = known.get(record.id);
    if (before === undefined) {
      const fields = fieldsOf(record.typed);
      const at = record.updatedAt || (lasting === undefined ? 0 : madeAt(record, fields, lasting));
      changes.push({ at, reach: dateField === null ? '' : dateIn(fields[dateField]) });
      continue;
    }
    if (lasting !== undefined && compared < mostCompared) {
      compared += 1;
      const raw = await mirror.record(resource.name, record.id);
      // The mirror's text is the known one unless this pull has read a newer one since.
      const isKnown = raw !== undefined && rawHashOf(raw) === before.rawHash;
      if (isKnown && isOnlyMarked(resource, raw, record, lasting)) continue;
    }
    changes.push({ at: record.updatedAt, reach: '' });
  }
  return changes;
}

type Fields = Readonly<Record<string, unknown>>;

/** Nothing of a record that does not parse, or is gone. */
const fieldsOf = (typed: Uint8Array | null): Fields =>
  typed === null || typed.length === 0 ? {} : (JSON.parse(recordText(typed)) as Fields);

const dateIn = (value: unknown): string => (typeof value === 'string' ? (dateOf(value) ?? '') : '');

/** Of a record that is new to us and stands: nothing else happened to it. */
function madeAt({ state }: CutRecord, fields: Fields, { madeField, state: standing }: Lasting): number {
  const made = fields[madeField];
  return state === standing && typeof made === 'string' ? (instantOf(made) ?? 0) : 0;
}

function isOnlyMarked(resource: Resource, before: string, { typed }: CutRecord, { marks }: Lasting): boolean {
  const { envelope } = resource;
  const [known] = cutPage(Buffer.from(`{"${envelope}":[${before}]}`), envelope, resource).records;
  // A text that does not parse says nothing of what changed.
  if (known === undefined || known.typed === null || typed === null) return false;
  const [was, is] = [known.typed, typed].map((text) =>
    Object.fromEntries(Object.entries(fieldsOf(text)).filter(([field]) => !marks.includes(field))),
  );
  return isDeepStrictEqual(was, is);
}
