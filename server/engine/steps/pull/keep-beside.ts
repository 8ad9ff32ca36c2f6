/** Lists that Xero sends beside the one that was asked for, and that nobody knows: kept record by record, and told as news. */
import type { News } from '../../../domain/news.ts';
import { type ProgressOfResource, withNews } from '../../../domain/pull-progress.ts';
import type { CutRecord } from '../../../mirror/mirror.ts';
import type { Resource } from '../../../resources/resource.ts';
import type { PageAnswer } from './fold-pages.ts';
import { isChanged } from './known-records.ts';
import type { Pulling } from './pull-ports.ts';

/** Where the mirror keeps such a list: `invoices.Widgets`. No dataset reads it; copies of the whole mirror have it. */
export const besideName = (resource: string, list: string): string => `${resource}.${list}`;

/** Nothing is ever taken away: what such a list leaves out is not known to be gone. */
export async function keepBeside(
  { mirror, context, ports, memory }: Pulling,
  resource: Resource,
  progress: ProgressOfResource,
  answers: readonly PageAnswer[],
  at: number,
): Promise<ProgressOfResource> {
  let next = progress;
  const lists = new Map<string, Map<string, CutRecord>>();
  for (const { page } of answers)
    for (const { name, records } of page.beside) {
      const known = lists.get(name) ?? new Map<string, CutRecord>();
      for (const record of records) known.set(record.id, record);
      lists.set(name, known);
    }
  for (const [list, records] of lists) {
    const name = besideName(resource.name, list);
    const pending = next.beside[list] ?? [];
    const known = await memory.known.of(mirror, name, pending, records.keys());
    const changed = [...records.values()].filter((record) => isChanged(record, known.get(record.id)));
    const [first] = changed;
    if (first === undefined) continue;
    await context.guard();
    const segment = await mirror.writeSegment(name, changed, ports.clock.now());
    const news: News = {
      path: `^${list}`,
      type: 'text',
      value: null,
      records: changed.length,
      example: first.id,
      firstSeenAt: at,
    };
    next = withNews({ ...next, beside: { ...next.beside, [list]: [...pending, segment] } }, [news]);
  }
  return next;
}
