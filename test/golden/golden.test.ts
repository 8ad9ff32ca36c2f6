/** Pages as Xero sends them, beside the rows that people get of them: every column of every resource. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { cutPage } from '../../server/mirror/cutter.ts';
import { resources } from '../../server/resources/index.ts';
import { mergeOf, mirrorIn, mirrorWorlds } from '../mirror/world.ts';

const worlds = mirrorWorlds();

describe.each(resources.map((resource) => ({ name: resource.name, resource })))(
  '$name',
  ({ name, resource }) => {
    it('becomes these rows', async () => {
      // A page is text: its line ends and escapes are part of it.
      const file = (end: string) => new URL(`./${name}/${name}.${end}`, import.meta.url);
      const mirror = await mirrorIn(worlds.ports());
      const { records } = cutPage(await readFile(file('page.txt')), resource.envelope, resource);
      const segment = await mirror.writeSegment(name, records, 0);
      await mirror.commit({ expected: 0, operationId: 'golden', changes: { [name]: mergeOf(segment) } });
      const found: Record<string, unknown> = { gaps: [] };
      const sources = [
        { kind: 'records' as const, resource: name, of: 'records', columns: resource.columns },
        ...resource.lines.map(({ name: lines, columns }) => ({
          kind: 'lines' as const,
          resource: name,
          lines,
          of: lines,
          columns,
        })),
      ];
      for (const { of, columns, ...source } of sources) {
        const rows: unknown[] = [];
        const request = { source, columns, filters: [], orderBy: [] };
        for await (const batch of mirror.rows(request)) {
          for (const row of batch.rows)
            rows.push(Object.fromEntries(columns.map(({ label }, at) => [label, row[at]])));
          (found['gaps'] as unknown[]).push(...batch.gaps);
        }
        found[of] = rows;
      }
      expect(found).toEqual(JSON.parse(await readFile(file('rows.json'), 'utf8')));
    });
  },
);
