/** Cells' looks (format and data validation), kept once each, and the rows' vectors of them, kept once per distinct row. */
import type { CellFormat, FormatVector } from './model.ts';

export type ValidationRule = Readonly<Record<string, unknown>>;

export const NO_FORMATS: FormatVector = [];

export interface FormatBook {
  /** The id of an equal look; 0 for none. */
  intern(format: CellFormat, validation?: ValidationRule): number;
  format(id: number): CellFormat;
  validation(id: number): ValidationRule | undefined;
  /** The same look in another format. */
  withFormat(id: number, format: CellFormat): number;
  /** The same look under another validation rule, or none. */
  withValidation(id: number, validation: ValidationRule | undefined): number;
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
  const looks: { format: CellFormat; validation?: ValidationRule }[] = [{ format: {} }];
  const idByText = new Map<string, number>([['{}', 0]]);
  const vectors = new Map<string, FormatVector>([['', NO_FORMATS]]);
  const intern = (format: CellFormat, validation?: ValidationRule): number => {
    const text =
      JSON.stringify(ordered(format)) + (validation ? `|${JSON.stringify(ordered(validation))}` : '');
    const known = idByText.get(text);
    if (known !== undefined) return known;
    looks.push({
      format: Object.freeze(structuredClone(format)),
      ...(validation && { validation: Object.freeze(structuredClone(validation)) }),
    });
    idByText.set(text, looks.length - 1);
    return looks.length - 1;
  };
  const format = (id: number): CellFormat => looks[id]?.format ?? {};
  const validation = (id: number): ValidationRule | undefined => looks[id]?.validation;
  return {
    intern,
    format,
    validation,
    withFormat: (id, next) => intern(next, validation(id)),
    withValidation: (id, next) => intern(format(id), next),
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
