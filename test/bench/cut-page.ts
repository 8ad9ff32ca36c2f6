/** From the gzip bytes of a page of 1,000 invoices to records ready to be stored, against what everybody does. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { cutPage } from '../../server/mirror/cutter.ts';
import { invoices } from '../../server/resources/invoices.ts';
import { caller } from '../sandbox/xero/caller.ts';
import { type Bench, compareCpu, rounded } from './bench.ts';

const { ObjectSerializer } = (await import('xero-node/dist/gen/model/accounting/models.js' as string)) as {
  ObjectSerializer: { deserialize(data: unknown, type: string): unknown };
};

async function page(): Promise<Buffer> {
  const { get } = await caller({ size: 'medium' });
  const { text } = await get('Invoices?page=1&pageSize=1000&order=InvoiceID&unitdp=4');
  return gzipSync(text);
}

export const cutPageBench: Bench = {
  name: 'cut-page',
  async run() {
    const bytes = await page();
    const ours = () => cutPage(gunzipSync(bytes), invoices.envelope, invoices);
    const floor = await compareCpu({ ours, other: () => JSON.parse(gunzipSync(bytes).toString()) });
    const sdk = await compareCpu({
      ours,
      other: () => ObjectSerializer.deserialize(JSON.parse(gunzipSync(bytes).toString()), 'Invoices'),
    });
    return [
      {
        bench: 'cut-page',
        value: rounded(floor.ours),
        unit: 'CPU ms per 1,000 invoices',
        versus: 'gunzip and JSON.parse',
        ratio: rounded(floor.ours / floor.other),
      },
      {
        bench: 'cut-page-sdk',
        value: rounded(sdk.other),
        unit: 'CPU ms per 1,000 invoices, gunzip, JSON.parse and the deserialiser of xero-node',
        versus: 'ours, from bytes to records',
        ratio: rounded(sdk.other / sdk.ours),
      },
    ];
  },
};
