/** What a Parquet file is made of: columns of texts or of whole numbers, value by value at the same place. */

export type ParquetColumn = {
  name: string;
} & (
  | { kind: 'number'; values: readonly number[] }
  | {
      kind: 'text';
      /** Strings, or the UTF-8 of texts, which is taken as it is; null only where `isOptional`. */
      values: ReadonlyArray<string | Uint8Array | null>;
      isOptional?: true;
      /** They ascend by their bytes: then readers are told the first and the last of each group of rows. */
      isAscending?: true;
    }
);

// Numbers of the format's enums (apache/parquet-format, src/main/thrift/parquet.thrift at 24102ed, 2026-08-19).
export const physicalType = { number: 2, text: 6 } as const;
export const encoding = { plain: 0, runLength: 3 } as const;
