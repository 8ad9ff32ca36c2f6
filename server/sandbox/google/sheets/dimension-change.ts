/** Where rows or columns go when others are inserted, deleted or moved: pure arithmetic on zero-based indices. */

export type DimensionChange =
  | { kind: 'insert'; at: number; count: number }
  | { kind: 'delete'; start: number; end: number }
  /** `to` is counted before the rows leave, as in moveDimension. */
  | { kind: 'move'; start: number; end: number; to: number };

/** The new index of one row or column; undefined when it is gone. */
export const mapIndex = (change: DimensionChange, index: number): number | undefined => {
  switch (change.kind) {
    case 'insert':
      return index >= change.at ? index + change.count : index;
    case 'delete':
      if (index < change.start) return index;
      return index < change.end ? undefined : index - (change.end - change.start);
    case 'move': {
      const { start, end, to } = change;
      const count = end - start;
      if (to >= start && to <= end) return index;
      if (index >= start && index < end) return to > end ? index + to - end : index - start + to;
      if (to > end) return index >= end && index < to ? index - count : index;
      return index >= to && index < start ? index + count : index;
    }
  }
};

export interface Span {
  start: number;
  end: number;
}

/**
 * A span's new place: an insert at its first row pushes it on, one inside it makes it grow, a delete takes its part
 * away (undefined: all of it), and in a move its first and last line stay its ends, wherever each of them goes.
 */
export const mapSpan = (change: DimensionChange, { start, end }: Span): Span | undefined => {
  switch (change.kind) {
    case 'insert': {
      if (change.at >= end) return { start, end };
      return { start: change.at <= start ? start + change.count : start, end: end + change.count };
    }
    case 'delete': {
      const gone = change.end - change.start;
      const shift = (at: number): number =>
        at <= change.start ? at : at >= change.end ? at - gone : change.start;
      const next = { start: shift(start), end: shift(end) };
      return next.start === next.end ? undefined : next;
    }
    case 'move': {
      const first = mapIndex(change, start) ?? start;
      const last = mapIndex(change, end - 1) ?? end - 1;
      return { start: Math.min(first, last), end: Math.max(first, last) + 1 };
    }
  }
};

/** Applies the change to a list that may be shorter than the dimension; new places are undefined. */
export const mapList = <T>(change: DimensionChange, list: (T | undefined)[]): (T | undefined)[] => {
  switch (change.kind) {
    case 'insert': {
      if (change.at >= list.length) return list.slice();
      return [
        ...list.slice(0, change.at),
        ...new Array<undefined>(change.count).fill(undefined),
        ...list.slice(change.at),
      ];
    }
    case 'delete':
      return [...list.slice(0, change.start), ...list.slice(change.end)];
    case 'move': {
      const { start, end, to } = change;
      if (to >= start && to <= end) return list.slice();
      const reach = Math.max(end, to);
      const whole =
        list.length >= reach ? list : [...list, ...new Array<undefined>(reach - list.length).fill(undefined)];
      const moved = whole.slice(start, end);
      const rest = [...whole.slice(0, start), ...whole.slice(end)];
      const at = to > end ? to - (end - start) : to;
      return [...rest.slice(0, at), ...moved, ...rest.slice(at)];
    }
  }
};
