/** What records have that Xero's published fields do not: counted while they are folded, kept with the generation that has them. */
import type { FieldTree } from '../../../domain/field-tree.ts';
import { isSameNews, mergeNews, type News } from '../../../domain/news.ts';
import { type FieldBook, fieldBook } from '../../../mirror/field-book.ts';
import type { CutRecord } from '../../../mirror/mirror.ts';
import type { Resource } from '../../../resources/resource.ts';

export interface FieldBooks {
  /** Undefined when nobody knows the fields of this resource: then nothing of it is new. */
  of(resource: Resource): FieldBook | undefined;
}

/** One book for each resource of this process, made when its first page comes. It holds names of fields, and no record. */
export function fieldBooks(tree: FieldTree | undefined): FieldBooks {
  const books = new Map<string, FieldBook | undefined>();
  return {
    of({ name, envelope }) {
      if (books.has(name)) return books.get(name);
      const fields = tree?.sentIn(envelope) ?? [];
      const book = fields.length === 0 ? undefined : fieldBook(fields);
      books.set(name, book);
      return book;
    },
  };
}

/**
 * The news of these records. A record that is read again as it was counts only for what was never noticed before, so that
 * reading the same text twice counts once.
 */
export function newsOf(
  records: Iterable<CutRecord>,
  isChanged: (record: CutRecord) => boolean,
  before: readonly News[],
  at: number,
): News[] {
  let found: News[] = [];
  for (const record of records) {
    if (record.news === undefined) continue;
    const isCounted = isChanged(record);
    const told = record.news.filter((one) => isCounted || !before.some((known) => isSameNews(known, one)));
    found = mergeNews(
      found,
      told.map((one) => ({ ...one, records: 1, example: record.id, firstSeenAt: at })),
    );
  }
  return found;
}
