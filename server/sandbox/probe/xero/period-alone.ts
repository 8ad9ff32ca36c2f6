/** Whether a period of a comparison shows what a call for it alone shows. */
import { finding, notAsked, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

interface Row {
  RowType?: string;
  Rows?: Row[];
  Cells?: { Value?: string; Attributes?: { Id: string; Value: string }[] }[];
}

export const periodAlone: Probe<XeroAsker> = {
  name: 'period-alone',
  rules: ['xero-profit-period-alone'],
  asks: 'The profit and loss of a month of 31 days with the period before, and of that period alone.',
  expects: 'Each account has the same amount in both.',
  calls: 2,
  async run({ get }) {
    const read = async (query: string, at: number) => {
      const { json } = await get(`Reports/ProfitAndLoss?${query}&standardLayout=true`);
      const [report] = (json['Reports'] ?? []) as { Rows?: Row[] }[];
      return amounts(report?.Rows ?? [], at);
    };
    // August goes back to July: both have 31 days, so that nothing is clipped.
    const beside = await read('fromDate=2026-08-01&toDate=2026-08-31&periods=1&timeframe=MONTH', 2);
    const alone = await read('fromDate=2026-07-01&toDate=2026-07-31', 1);
    if (alone.size === 0) return notAsked('That month has no profit and loss.');
    const differing = [...alone].filter(([account, amount]) => (beside.get(account) ?? 0) !== amount).length;
    return finding(differing === 0, `${alone.size} accounts, ${differing} of them with another amount.`);
  },
};

/** Amount by account id, of the column at that place. */
function amounts(rows: readonly Row[], at: number, found = new Map<string, number>()): Map<string, number> {
  for (const row of rows) {
    amounts(row.Rows ?? [], at, found);
    const account = row.Cells?.[0]?.Attributes?.find(({ Id }) => Id === 'account')?.Value;
    if (row.RowType === 'Row' && account !== undefined)
      found.set(account, Number(row.Cells?.[at]?.Value ?? 0));
  }
  return found;
}
