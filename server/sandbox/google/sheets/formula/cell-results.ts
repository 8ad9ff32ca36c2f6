/** Remembers what formulas came to, finds circles, and works long chains (a running balance of 100,000 rows) without deep calls. */
import type { Result, Sheet } from '../model.ts';

/** Formulas that may wait for one another on the call stack before the innermost is worked out on its own first. */
const MOST_NESTED = 100;

const IN_PROGRESS = Symbol('in progress');
const CIRCULAR: Result = { error: '#REF!' };

interface Place {
  sheet: Sheet;
  row: number;
  column: number;
}

/** Unwinds to the outermost call, which takes up `place` before it tries again. */
class TooDeep extends Error {
  readonly place: Place;
  constructor(place: Place) {
    super('formula chain too deep for one go');
    this.place = place;
  }
}

/** A reader of formula cells: `work` is called once per cell and may read other cells through the same reader. */
export const cellResults = (
  work: (place: Place) => Result,
): ((sheet: Sheet, row: number, column: number) => Result) => {
  const results = new Map<Sheet, Map<number, Result | typeof IN_PROGRESS>>();
  let depth = 0;

  const ofSheet = (sheet: Sheet): Map<number, Result | typeof IN_PROGRESS> => {
    const known = results.get(sheet);
    if (known) return known;
    const made = new Map<number, Result | typeof IN_PROGRESS>();
    results.set(sheet, made);
    return made;
  };
  // 18,278 columns are the most a sheet can have.
  const keyOf = (row: number, column: number): number => row * 32_768 + column;

  const workOut = (place: Place): Result => {
    const known = ofSheet(place.sheet);
    const key = keyOf(place.row, place.column);
    const result = known.get(key);
    if (result === IN_PROGRESS) return CIRCULAR;
    if (known.has(key)) return result;
    if (depth >= MOST_NESTED) throw new TooDeep(place);
    known.set(key, IN_PROGRESS);
    depth += 1;
    try {
      const fresh = work(place);
      known.set(key, fresh);
      return fresh;
    } catch (error) {
      known.delete(key);
      throw error;
    } finally {
      depth -= 1;
    }
  };

  /** Cells that wait for the one above them; a cell that would wait for itself is a circle. */
  const workOutAll = (first: Place): Result => {
    const waiting = [first];
    const isWaiting = (place: Place): boolean =>
      waiting.some(
        ({ sheet, row, column }) => sheet === place.sheet && row === place.row && column === place.column,
      );
    for (;;) {
      const place = waiting[waiting.length - 1];
      if (!place) return workOut(first);
      try {
        workOut(place);
        waiting.pop();
      } catch (error) {
        if (!(error instanceof TooDeep)) throw error;
        if (isWaiting(error.place))
          ofSheet(error.place.sheet).set(keyOf(error.place.row, error.place.column), CIRCULAR);
        else waiting.push(error.place);
      }
    }
  };

  return (sheet, row, column) => {
    const place = { sheet, row, column };
    return depth === 0 ? workOutAll(place) : workOut(place);
  };
};
