/** What opens a staging tab may come to Google twice, or long after we gave it up: rows that are being staged stay. */
import { afterEach, expect, test } from 'vitest';
import type { HttpRequest } from '../../../../server/domain/http-message.ts';
import { faultAt } from '../../../../server/wrappers/faults.ts';
import { column, type PublishLab, publishLab, type Table } from './publish-lab.ts';

const table = (name: string): Table => ({
  columns: [column('id'), column('name')],
  rows: Array.from({ length: 40 }, (_, row) => [`id${row}`, `${name} ${row}`]),
});
const options = { requestBytes: 400, cellsPerRead: 60 };

let lab: PublishLab;
afterEach(() => lab.close());

/** Batches that open a staging tab, and the block after every batch. */
function watchBatches({ sandbox, grid }: PublishLab): { openings: HttpRequest[]; seen: Set<string> } {
  const openings: HttpRequest[] = [];
  const seen = new Set<string>();
  const { handle } = sandbox;
  sandbox.handle = async (request) => {
    if (request.url.includes(':batchUpdate') && Buffer.from(request.body ?? '').includes('"hidden":true'))
      openings.push(request);
    const answer = await handle(request);
    seen.add(JSON.stringify(grid('Invoices')));
    return answer;
  };
  return { openings, seen };
}

test.each([
  ['of the run that died right after it', faultAt('sheets.apply', 1, 'after', 'crash'), 2],
  ['of a run without trouble', undefined, 1],
])(
  'an opening %s comes again before the rows are copied, and nobody sees a blank block',
  async (_, faults, count) => {
    lab = await publishLab();
    lab.want(table('Old'));
    await lab.run({ runId: 'earlier' });
    const before = JSON.stringify(lab.grid('Invoices'));
    lab.want(table('New'));
    const { handle } = lab.sandbox;
    const { openings, seen } = watchBatches(lab);
    await lab.run({
      runId: 'run',
      options,
      ...(faults && { faults }),
      async afterUnit(outcome) {
        const isStaged = JSON.stringify(outcome).includes('"phase":"copy"');
        for (const opening of isStaged ? openings : []) await handle(opening);
      },
    });
    expect([...seen]).toEqual([before, JSON.stringify(lab.grid('Invoices'))]);
    expect(openings).toHaveLength(count);
    expect(lab.grid('Invoices')[40]).toEqual(['id39', 'New 39']);
    expect(lab.dump().sheets.filter(({ hidden }) => hidden)).toEqual([]);
  },
);
