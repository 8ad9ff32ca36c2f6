/** Which ids the attributes of a report have, in the own and in the standard layout. */
import { finding, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

/** Any other id is counted and not told: it may be of the people's own making. */
const KNOWN = new Set(['account', 'accountID', 'groupID', 'invoiceID', 'fromDate', 'toDate', 'contactID']);

export const attributeIds: Probe<XeroAsker> = {
  name: 'attribute-ids',
  rules: ['xero-report-layout'],
  asks: 'A year of profit and loss in both layouts, for the ids of attributes (xero-api.md 12, fourteenth).',
  expects: 'Accounts are under account, and groups of an own layout under groupID; nothing else.',
  calls: 2,
  async run({ get }) {
    const idsOf = async (query: string) => {
      const { json } = await get(`Reports/ProfitAndLoss${query}`);
      const ids = new Set<string>();
      JSON.stringify(json, (key, value) => {
        if (key === 'Id' && typeof value === 'string') ids.add(value);
        return value;
      });
      // The envelope's own Id is a GUID.
      return [...ids]
        .filter((id) => !/^[0-9a-f-]{36}$/i.test(id))
        .map((id) => (KNOWN.has(id) ? id : 'another'));
    };
    const [own, standard] = [await idsOf(''), await idsOf('?standardLayout=true')];
    const all = new Set([...own, ...standard]);
    return finding(
      !all.has('another') && !standard.includes('groupID'),
      `Own layout: ${own.sort().join(', ') || 'none'}; standard layout: ${standard.sort().join(', ') || 'none'}.`,
    );
  },
};
