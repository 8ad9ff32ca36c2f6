/** Cell formats, kept once each, and the rows' format vectors, kept once per distinct look. */
import type { CellFormat, FormatVector } from './model.ts';

export const NO_FORMATS: FormatVector = [];

export interface FormatBook {
  /** The id of an equal format; 0 for none. */
  intern(format: CellFormat): number;
  format(id: number): CellFormat;
  /** The shared vector equal to `ids`. */
  vector(ids: readonly number[]): FormatVector;
}

const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, child]) => [name, ordered(child)]));
};

/** Append-only: what a failed batch left here is never referred to and does no harm. */
export const createFormatBook = (): FormatBook => {
  const formats: CellFormat[] = [{}];
  const idByText = new Map<string, number>([['{}', 0]]);
  const vectors = new Map<string, FormatVector>([['', NO_FORMATS]]);
  return {
    intern: (format) => {
      const text = JSON.stringify(ordered(format));
      const known = idByText.get(text);
      if (known !== undefined) return known;
      formats.push(Object.freeze(structuredClone(format)));
      idByText.set(text, formats.length - 1);
      return formats.length - 1;
    },
    format: (id) => formats[id] ?? {},
    vector: (ids) => {
      let length = ids.length;
      while (length > 0 && !ids[length - 1]) length -= 1;
      const trimmed = Array.from({ length }, (_, column) => ids[column] ?? 0);
      const key = trimmed.join();
      const known = vectors.get(key);
      if (known) return known;
      vectors.set(key, trimmed);
      return trimmed;
    },
  };
};
