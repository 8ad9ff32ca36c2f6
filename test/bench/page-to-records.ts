/**
 * P6: CPU from the bytes of a response to stored records, over loopback HTTP: ours against the client of xero-node with a store behind
 * it, and, stricter, against that client alone, which then has stored nothing.
 */
import { fileURLToPath } from 'node:url';
import { startChild } from '../../server/demo/child.ts';
import { type Bench, type Goal, type Measure, median, rounded, unevenness } from './bench.ts';
import { inProcess } from './in-process.ts';

const rounds = 5;
const pages = 20;

interface Round {
  /** Until the client had its objects, or we our records. */
  readMs: number;
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
      const [ours, again, parquet, sqlite]: [Round[], Round[], Round[], Round[]] = [[], [], [], []];
      for (let round = 0; round < rounds; round += 1) {
        ours.push(await once('ours'));
        parquet.push(await once('parquet'));
        again.push(await once('ours'));
        sqlite.push(await once('sqlite'));
      }
      if ([...ours, ...again, ...parquet, ...sqlite].some(({ records }) => records !== pages * 1_000))
        throw new Error('a page was not stored whole');
      const perPage = (measured: readonly Round[], of: 'cpuMs' | 'readMs' = 'cpuMs') =>
        median(measured.map((one) => one[of])) / pages;
      const [first, second] = [perPage(ours), perPage(again)];
      const refused = unevenness(first, second);
      const own = (first + second) / 2;
      const measure = (bench: string, versus: string, theirs: number, goal?: Goal): Measure => ({
        bench,
        value: rounded(own, 1),
        unit: 'CPU ms per 1,000 invoices, from response bytes to sealed segments, every process of ours included',
        versus: `${versus} (${rounded(theirs, 1)} ms)`,
        ratio: rounded(theirs / own),
        ...(goal === undefined ? {} : { goal }),
        ...(refused === undefined ? {} : { refused }),
      });
      return [
        measure(
          'P6 page to stored records',
          'cheaper than xero-node to its objects, and these as JSON into Parquet by DuckDB',
          perPage(parquet),
          { atLeast: 3.5 },
        ),
        measure(
          'P6 with SQLite',
          'cheaper than xero-node to its objects, and these as JSON into SQLite',
          perPage(sqlite),
        ),
        measure(
          'P6 stricter',
          'cheaper than xero-node to its objects in memory, with nothing stored',
          perPage([...parquet, ...sqlite], 'readMs'),
        ),
      ];
    } finally {
      await server.stop();
    }
  },
};
