/** SQL as text: literals and names, quoted once and for all. */

/** A string literal. Text with NUL cannot be one: callers refuse it before. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

export const name = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** What a resource, or a column by its key, is called in SQL: `bank-transactions` → `bank_transactions`. */
export const sqlName = (key: string): string => key.replaceAll('-', '_');
