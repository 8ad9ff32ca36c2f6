/** SQL views from segment files up to the live records: the newest version of each id, tombstones left out. */
import { dirname, join } from 'node:path';
import { literal, name } from './sql-text.ts';

/** The state of a record that vanished. */
export const tombstone = 'tombstone';

/** Name of the view of a resource's live records: `id, version, updatedAt, state, fetchedAt, raw, typed`. */
export const liveView = (resource: string): string => name(`live ${resource}`);
/** As `liveView`, tombstones included. */
export const newestView = (resource: string): string => name(`newest ${resource}`);

/** As `newestView`, with the file that each record came from. */
export const newestFromView = (resource: string): string => name(`newest from ${resource}`);

const columns = 'id, version, "updatedAt", state, "fetchedAt", raw, typed';
const noRecords = `select '' as id, '' as version, 0::bigint as "updatedAt", '' as state, 0::bigint as "fetchedAt",
  '' as raw, '' as typed, '' as filename where false`;

/** Ids that are compared with each other at once: more of them are parted by their hash. */
const idsAtOnce = 100_000;

/**
 * Statements that make a resource's views over its segment files, oldest first; a later file wins. File names ascend in that
 * order, and `records` is how many there are in all of them. Ids are looked through alone first, in parts of bounded size, so
 * that texts are never held for a comparison; what is kept is where the superseded versions stand. Works in the files' folder.
 */
export function recordViews(resource: string, files: readonly string[], records: number): string[] {
  const all = name(`all ${resource}`);
  const superseded = name(`superseded ${resource}`);
  const newest = `create temp view ${newestView(resource)} as select ${columns} from ${newestFromView(resource)}`;
  const live = `create temp view ${liveView(resource)} as select ${columns} from ${newestView(resource)} where state <> ${literal(tombstone)}`;
  const from = (sql: string) => `create temp view ${newestFromView(resource)} as ${sql}`;
  const [first] = files;
  if (first === undefined) return [from(noRecords), newest, live];
  const read = `read_parquet([${files.map(literal).join(', ')}], filename = true, file_row_number = true)`;
  if (files.length === 1) return [from(`select * from ${read}`), newest, live];
  const ids = literal(join(dirname(first), `${resource}-ids`));
  const parts = Math.ceil(records / idsAtOnce);
  return [
    `create temp view ${all} as select * from ${read}`,
    `copy (select id, filename, file_row_number from ${all}) to ${ids} (format parquet, compression zstd, row_group_size 2048)`,
    `create temp table ${superseded} (filename varchar, file_row_number bigint)`,
    ...Array.from(
      { length: parts },
      (
        _,
        part,
      ) => `insert into ${superseded} select i.filename, i.file_row_number from read_parquet(${ids}) i join (
        select id, max(filename) as filename from read_parquet(${ids}) where hash(id) % ${parts} = ${part}
        group by id having count(*) > 1) l using (id) where i.filename <> l.filename`,
    ),
    from(`select * from ${all} anti join ${superseded} using (filename, file_row_number)`),
    newest,
    live,
  ];
}
