/** Counts unreadable values: the first of each column by the name of their row, the others together. */
import type { Gap } from '../domain/gap.ts';

export interface GapCounter {
  add(what: string, rowName: string, label: string): void;
  /** Those named since the last call. */
  taken(): Gap[];
  /** The others, one gap per column: at the end. */
  rest(): Gap[];
}

const mostNamed = 20;

/** `rowName` '' means that the row has none. */
export function gapCounter(): GapCounter {
  const counts = new Map<string, number>();
  const unnamed = new Map<string, number>();
  let named: Gap[] = [];
  return {
    add(what, rowName, label) {
      const column = `${what}: ${label}`;
      const count = (counts.get(column) ?? 0) + 1;
      counts.set(column, count);
      if (rowName !== '' && count <= mostNamed)
        named.push({ what: `${what} ${rowName}: ${label}`, reason: 'unreadable-value', count: 1 });
      else unnamed.set(column, (unnamed.get(column) ?? 0) + 1);
    },
    taken() {
      const gaps = named;
      named = [];
      return gaps;
    },
    rest() {
      return [...unnamed].map(([what, count]) => ({ what, reason: 'unreadable-value', count }));
    },
  };
}
