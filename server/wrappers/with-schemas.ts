/** A Store whose documents are known to fit their schemas, whatever is written and whatever lies there from before. */
import type { z } from 'zod';
import { type Collection, collections, type Document } from '../domain/documents.ts';
import { FatalError } from '../errors.ts';
import type { Query, Reader, Store, Stored } from '../ports.ts';

/** Makes of a stored document of version n (its `v`) one of version n + 1. */
export type Upgrade = (old: Record<string, unknown>) => Record<string, unknown>;
/** Per collection, by the version they begin at: `{ runs: { 1: (old) => ({ ...old, v: 2, … }) } }`. */
export type Upgrades = Partial<Record<Collection, Record<number, Upgrade>>>;

/**
 * Documents are upgraded and parsed when read, parsed when written; the upgraded form is stored with the next write.
 * One that does not fit is FatalError `INTERNAL`, with collection, document and field in its details and no value.
 */
export const withSchemas = (store: Store, upgrades: Upgrades = {}): Store => {
  const opened = <C extends Collection>(collection: C, stored: Stored<C>): Stored<C> => {
    const data = upgraded(stored.data, upgrades[collection] ?? {});
    return { ...stored, data: parsed(collection, stored.id, data) };
  };
  const reader = (inner: Reader): Reader => ({
    async get<C extends Collection>(collection: C, id: string) {
      const found = await inner.get(collection, id);
      return found && opened(collection, found);
    },
    async query<C extends Collection>(collection: C, query: Query<C>) {
      const found = await inner.query(collection, query);
      return found.map((stored) => opened(collection, stored));
    },
  });

  return {
    ...reader(store),
    async create<C extends Collection>(collection: C, id: string, data: Document<C>) {
      return store.create(collection, id, parsed(collection, id, data));
    },
    async replace<C extends Collection>(collection: C, id: string, revision: string, data: Document<C>) {
      return store.replace(collection, id, revision, parsed(collection, id, data));
    },
    delete: (collection, id, revision) =>
      revision === undefined ? store.delete(collection, id) : store.delete(collection, id, revision),
    transaction: (act) =>
      store.transaction((tx) =>
        act({
          ...reader(tx),
          create: (collection, id, data) => tx.create(collection, id, parsed(collection, id, data)),
          set: (collection, id, data) => tx.set(collection, id, parsed(collection, id, data)),
          delete: (collection, id) => tx.delete(collection, id),
        }),
      ),
  };
};

const upgraded = (data: unknown, steps: Record<number, Upgrade>): unknown => {
  let current = data;
  for (;;) {
    const step = isRecord(current) ? steps[Number(current['v'])] : undefined;
    if (!step || !isRecord(current)) return current;
    const next = step(current);
    if (Number(next['v']) !== Number(current['v']) + 1) throw new TypeError('an upgrade goes one version on');
    current = next;
  }
};

const parsed = <C extends Collection>(collection: C, id: string, data: unknown): Document<C> => {
  const schema: z.ZodType = collections[collection].schema;
  const result = schema.safeParse(data);
  if (result.success) return result.data as Document<C>;
  const [issue] = result.error.issues;
  throw new FatalError('INTERNAL', {
    id: `${collection}/${id}`,
    field: issue?.path.map(String).join('.') || 'the document',
    problem: issue?.code ?? 'unknown',
  });
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
