/** P6: CPU from the bytes of a response to stored records, the xero-node path against ours, over loopback HTTP. */
import { fileURLToPath } from 'node:url';
import { startChild } from '../../server/demo/child.ts';
import { type Bench, median, rounded, unevenness } from './bench.ts';
import { inProcess } from './in-process.ts';

const rounds = 5;
const pages = 20;

interface Round {
  cpuMs: number;
  records: number;
}

export const pageToRecordsBench: Bench = {
  name: 'page-to-records',
  async run() {
    const script = fileURLToPath(new URL('page-server.ts', import.meta.url));
    const server = await startChild('page server', script, [], {});
    try {
      const { origin } = server.ready as { origin: string };
      const once = (way: string) => inProcess<Round>('store-pages.ts', [way, origin, pages]);
      const [ours, again, sdk]: [Round[], Round[], Round[]] = [[], [], []];
      for (let round = 0; round < rounds; round += 1) {
        ours.push(await once('ours'));
        sdk.push(await once('xero-node'));
        again.push(await once('ours'));
      }
      if ([...ours, ...again, ...sdk].some(({ records }) => records !== pages * 1_000))
        throw new Error('a page was not stored whole');
      const perPage = (measured: readonly Round[]) => median(measured.map(({ cpuMs }) => cpuMs)) / pages;
      const [first, second, theirs] = [perPage(ours), perPage(again), perPage(sdk)];
      const refused = unevenness(first, second);
      const own = (first + second) / 2;
      return [
        {
          bench: 'P6 page to stored records',
          value: rounded(own, 1),
          unit: 'CPU ms per 1,000 invoices, read, cut, compressed and sealed, query child included',
          versus: `xero-node into SQLite (${rounded(theirs, 1)} ms)`,
          ratio: rounded(theirs / own),
          goal: { atLeast: 3.5 },
          ...(refused === undefined ? {} : { refused }),
        },
      ];
    } finally {
      await server.stop();
    }
  },
};
