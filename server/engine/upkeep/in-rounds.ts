/** Going through a collection a bounded piece at a time, again and again: for chores that look at everything now and then. */
import type { Collection, QueryField } from '../../domain/documents.ts';
import type { Query, Reader, Stored } from '../../ports.ts';

/**
 * The next piece with each call, `most` documents of it, and from the beginning once the end was reached. The place is
 * remembered by this process alone: another server, or this one after a start, goes its own round.
 */
export function inRounds<C extends Collection>(
  collection: C,
  { orderBy, most }: { orderBy: QueryField<C> & keyof Stored<C>['data']; most: number },
): (reader: Reader, where: Query<C>['where']) => Promise<Array<Stored<C>>> {
  let after: Query<C>['after'];
  return async (reader, where) => {
    const found = await reader.query(collection, {
      ...(where === undefined ? {} : { where }),
      orderBy: { field: orderBy, direction: 'asc' },
      limit: most,
      ...(after === undefined ? {} : { after }),
    });
    const last = found.length < most ? undefined : found.at(-1);
    after = last && { id: last.id, value: last.data[orderBy] as string | number | null };
    return found;
  };
}
