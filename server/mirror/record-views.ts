/** SQL views from segment files up to the live records: the newest version of each id, tombstones left out. */
import { literal, name } from './sql-text.ts';

/** The state of a record that vanished. */
export const tombstone = 'tombstone';

/** Name of the view of a resource's live records: `id, version, updatedAt, state, fetchedAt, raw, typed`. */
export const liveView = (resource: string): string => name(`live ${resource}`);
/** As `liveView`, tombstones included. */
export const newestView = (resource: string): string => name(`newest ${resource}`);

const columns = 'id, version, "updatedAt", state, "fetchedAt", raw, typed';
const noRecords = `select '' as id, '' as version, 0::bigint as "updatedAt", '' as state, 0::bigint as "fetchedAt",
  '' as raw, '' as typed where false`;

/**
 * Statements that make a resource's views over its segment files, oldest first; a later file wins. File names ascend in that
 * order. Ids are looked through alone first, so that texts are never held for a comparison.
 */
export function recordViews(resource: string, files: readonly string[]): string[] {
  const view = (label: string) => name(`${label} ${resource}`);
  const live = `create temp view ${liveView(resource)} as select ${columns} from ${newestView(resource)} where state <> ${literal(tombstone)}`;
  if (files.length === 0) return [`create temp view ${newestView(resource)} as ${noRecords}`, live];
  const read = `read_parquet([${files.map(literal).join(', ')}], filename = true)`;
  if (files.length === 1)
    return [`create temp view ${newestView(resource)} as select ${columns} from ${read}`, live];
  return [
    `create temp view ${view('all')} as select * from ${read}`,
    `create temp table ${view('latest')} as select id, max(filename) as filename from ${view('all')} group by id`,
    `create temp table ${view('superseded')} as select id, a.filename from ${view('all')} a join ${view('latest')} l using (id)
      where a.filename <> l.filename`,
    `create temp view ${newestView(resource)} as select ${columns} from ${view('all')} anti join ${view('superseded')} using (id, filename)`,
    live,
  ];
}
