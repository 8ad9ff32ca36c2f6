/** What is left of a voided credit note, and whether it is listed. */
import { finding, notAsked, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

interface Credit {
  CreditNoteID: string;
  Total?: number;
  RemainingCredit?: number;
}

export const creditsLeft: Probe<XeroAsker> = {
  name: 'credits-left',
  rules: ['xero-credits-nothing-left', 'xero-credits-voided-listed'],
  asks: 'A voided credit note by the list of those, by its id, and whether a list without a filter counts it.',
  expects: 'Nothing is left of it, its total stays, and the list has it.',
  calls: 4,
  async run({ get }) {
    const listed = async (where: string) => {
      const query = where === '' ? '' : `&where=${encodeURIComponent(where)}`;
      const { json } = await get(`CreditNotes?page=1&pageSize=1${query}`);
      const { itemCount = 0 } = (json['pagination'] ?? {}) as { itemCount?: number };
      return { itemCount, first: ((json['CreditNotes'] ?? []) as Credit[])[0] };
    };
    const voided = await listed('Status=="VOIDED"');
    if (!voided.first) return notAsked('No credit note is voided.');
    const others = await listed('Status!="VOIDED"');
    const all = await listed('');
    const { json } = await get(`CreditNotes/${voided.first.CreditNoteID}`, { as: 'CreditNotes/{id}' });
    const [credit] = (json['CreditNotes'] ?? []) as Credit[];
    const isEmpty = Number(credit?.RemainingCredit) === 0;
    const isListed = all.itemCount === voided.itemCount + others.itemCount;
    return finding(
      isEmpty && isListed && credit?.Total !== undefined,
      `${isEmpty ? 'Nothing' : 'Something'} is left; its total is ${Number(credit?.Total) === 0 ? 'zero' : 'there'}; the list ${isListed ? 'has' : 'lacks'} the voided.`,
    );
  },
};
