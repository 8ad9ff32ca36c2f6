/** What Xero sent that its published fields and values do not have: a new field, or a new value of a field with a list of them. */
import { z } from 'zod';

export const newsSchema = z.object({
  /** Names joined by dots, `[*]` after a list: `Contact.Rating`, `LineItems[*].Grade`. `^Widgets`: a list beside the records. */
  path: z.string(),
  /** What its values are, by the first one that was not null. */
  type: z.enum(['text', 'quantity', 'boolean', 'date', 'instant']),
  /** Of a field whose values Xero lists: the one that is not among them. Null: the field itself is new. */
  value: z.string().nullable(),
  /** New and changed records that had it; one text counts once, however often it is read. */
  records: z.int(),
  /** Id of the first of them. */
  example: z.string(),
  firstSeenAt: z.number(),
});
export type News = z.infer<typeof newsSchema>;

/** So many of one resource are kept: more is no field any more but data in the place of names. */
export const mostNews = 200;

export const isSameNews = (a: Pick<News, 'path' | 'value'>, b: Pick<News, 'path' | 'value'>): boolean =>
  a.path === b.path && a.value === b.value;

/** What is known, with what was found now: counts add up, the first sight stays. */
export function mergeNews(known: readonly News[], found: readonly News[]): News[] {
  const merged = known.map((one) => {
    const again = found.find((other) => isSameNews(one, other));
    return again === undefined ? one : { ...one, records: one.records + again.records };
  });
  const first = found.filter((one) => !known.some((other) => isSameNews(one, other)));
  return [...merged, ...first].slice(0, mostNews);
}
