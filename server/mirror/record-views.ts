/** SQL views from segment files up to the live records: the newest version of each id, tombstones left out. */
import { literal, name } from './sql-text.ts';

/** The state of a record that vanished. */
export const tombstone = 'tombstone';

/** Name of the view of a resource's live records: `id, version, updatedAt, state, fetchedAt, raw, typed`. */
export const liveView = (resource: string): string => name(`live ${resource}`);
/** As `liveView`, tombstones included. */
export const newestView = (resource: string): string => name(`newest ${resource}`);

/** As `newestView`, with the file that each record came from. */
export const newestFromView = (resource: string): string => name(`newest from ${resource}`);
/** Table of the file that holds the newest version of each id. */
export const latestTable = (resource: string): string => name(`latest ${resource}`);

const columns = 'id, version, "updatedAt", state, "fetchedAt", raw, typed';
const noRecords = `select '' as id, '' as version, 0::bigint as "updatedAt", '' as state, 0::bigint as "fetchedAt",
  '' as raw, '' as typed, '' as filename where false`;

/**
 * Statements that make a resource's views over its segment files, oldest first; a later file wins. File names ascend in that
 * order. Ids are looked through alone first, so that texts are never held for a comparison.
 */
export function recordViews(resource: string, files: readonly string[]): string[] {
  const all = name(`all ${resource}`);
  const superseded = name(`superseded ${resource}`);
  const newest = `create temp view ${newestView(resource)} as select ${columns} from ${newestFromView(resource)}`;
  const live = `create temp view ${liveView(resource)} as select ${columns} from ${newestView(resource)} where state <> ${literal(tombstone)}`;
  const from = (sql: string) => `create temp view ${newestFromView(resource)} as ${sql}`;
  if (files.length === 0) return [from(noRecords), newest, live];
  const read = `read_parquet([${files.map(literal).join(', ')}], filename = true)`;
  if (files.length === 1) return [from(`select * from ${read}`), newest, live];
  return [
    `create temp view ${all} as select * from ${read}`,
    `create temp table ${latestTable(resource)} as select id, max(filename) as filename from ${all} group by id`,
    `create temp table ${superseded} as select id, a.filename from ${all} a join ${latestTable(resource)} l using (id)
      where a.filename <> l.filename`,
    from(`select * from ${all} anti join ${superseded} using (id, filename)`),
    newest,
    live,
  ];
}
