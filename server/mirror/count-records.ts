/** Counts live records over segments, and names those that do not parse. */
import type { Gap } from '../domain/gap.ts';
import type { SegmentRef } from './mirror.ts';
import { listed } from './query-protocol.ts';
import { askRows, textPlan } from './read-records.ts';
import { liveView } from './record-views.ts';
import type { MirrorParts } from './segment.ts';
import { literal } from './sql-text.ts';

const mostNamed = 20;

export async function countRecords(
  parts: MirrorParts,
  laid: ReadonlyArray<{ resource: string; segments: readonly SegmentRef[] }>,
): Promise<Map<string, { count: number; unreadable: Gap[] }>> {
  const counts = new Map<string, { count: number; unreadable: Gap[] }>();
  if (laid.length === 0) return counts;
  const sql = laid
    .map(({ resource }) => {
      const from = `from ${liveView(resource)}`;
      const broken = `${from} where typed is null`;
      return `select ${literal(resource)} as resource, '' as id, cast(count(*) as varchar) as records ${from}
        union all select ${literal(resource)}, 'unreadable', cast(count(*) as varchar) ${broken}
        union all select ${literal(resource)}, 'id ' || id, '1' from (select id ${broken} order by id limit ${mostNamed})`;
    })
    .join(' union all ');
  const columns = listed(['resource', 'id', 'records'], ['resource', 'id']);
  const batches = askRows(parts, laid, textPlan(`select ${columns} from (${sql})`, 3, 2));
  for await (const { rows } of batches)
    for (const [resource, id, records] of rows) {
      const known = counts.get(String(resource)) ?? { count: 0, unreadable: [] };
      counts.set(String(resource), known);
      if (id === '') known.count = Number(records);
      else if (id === 'unreadable') {
        const unnamed = Number(records) - mostNamed;
        if (unnamed > 0)
          known.unreadable.push({ what: String(resource), reason: 'unreadable-record', count: unnamed });
      } else
        known.unreadable.unshift({
          what: `${resource} ${String(id).slice(3)}`,
          reason: 'unreadable-record',
          count: 1,
        });
    }
  return counts;
}
