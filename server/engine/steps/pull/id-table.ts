/** Ids with the hashes of their texts, packed: 32 bytes a record where ids are UUIDs, as Xero's are. */
import type { Mirror } from '../../../mirror/mirror.ts';

export interface Known {
  /** The first half of the hash of its text: 128 bits tell two texts apart. */
  rawHash: string;
  state: string;
}

export const hashDigits = 32;

export interface IdTable {
  /** Ascending ids. */
  of(ids: readonly string[]): Map<string, Known>;
}

/** So many bytes make an id, and so many a hash. */
const width = 16;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

interface Part {
  last: string;
  /** Where this id stands among the part's; -1: it is not there. */
  placeOf(id: string): number;
  hashes: Buffer;
  /** One for all, or one for each. */
  states: readonly string[];
}

/** Of batches that ascend by id, throughout and each in itself. */
export async function idTable(batches: ReturnType<Mirror['ids']>): Promise<IdTable> {
  const parts: Part[] = [];
  const states = new Map<string, readonly string[]>();
  for await (const batch of batches) {
    const text = batch.map(({ state }) => state);
    // Most batches have one state throughout.
    const [first = ''] = text;
    const isOne = text.every((state) => state === first);
    if (isOne && !states.has(first)) states.set(first, [first]);
    const ids = batch.map(({ id }) => id);
    parts.push({
      last: ids.at(-1) ?? '',
      // Few lists have other ids: tax rates, currencies, records that have none.
      placeOf: ids.every((id) => uuid.test(id)) ? packedUuids(ids) : (id) => ids.indexOf(id),
      hashes: Buffer.from(batch.map(({ rawHash }) => rawHash.slice(0, hashDigits)).join(''), 'hex'),
      states: (isOne ? states.get(first) : text.map((state) => states.get(state)?.[0] ?? state)) ?? text,
    });
  }
  return {
    of(ids) {
      const known = new Map<string, Known>();
      let at = 0;
      for (const { last, placeOf, hashes, states: own } of parts)
        for (let id = ids[at]; id !== undefined && id <= last; id = ids[at]) {
          at += 1;
          const place = placeOf(id);
          if (place < 0) continue;
          const rawHash = hashes.toString('hex', place * width, (place + 1) * width);
          known.set(id, { rawHash, state: own[own.length === 1 ? 0 : place] ?? '' });
        }
      return known;
    },
  };
}

const bytesOf = (ids: readonly string[]): Buffer => Buffer.from(ids.join('').replaceAll('-', ''), 'hex');

/** Their bytes ascend as their texts do. */
function packedUuids(ids: readonly string[]): Part['placeOf'] {
  const packed = bytesOf(ids);
  return (id) => {
    if (!uuid.test(id)) return -1;
    const wanted = bytesOf([id]);
    let [from, to] = [0, packed.length / width];
    while (from < to) {
      const middle = (from + to) >> 1;
      const order = packed.compare(wanted, 0, width, middle * width, (middle + 1) * width);
      if (order === 0) return middle;
      if (order < 0) from = middle + 1;
      else to = middle;
    }
    return -1;
  };
}
