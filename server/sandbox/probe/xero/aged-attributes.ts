/** What an aged report lists of a contact with an open credit note. */
import { finding, notAsked, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

const KNOWN = new Set(['invoiceID', 'creditNoteID', 'prepaymentID', 'overpaymentID', 'account', 'contactID']);

export const agedAttributes: Probe<XeroAsker> = {
  name: 'aged-attributes',
  rules: ['xero-aged-credits'],
  asks: 'The aged receivables of a contact with an open credit note, for the ids of attributes.',
  expects: 'Credit notes are there under an id of their own.',
  calls: 2,
  async run({ get }) {
    const where = encodeURIComponent('Type=="ACCRECCREDIT" AND Status=="AUTHORISED"');
    const { json } = await get(`CreditNotes?page=1&pageSize=20&where=${where}`);
    const open = (json['CreditNotes'] ?? []) as {
      RemainingCredit?: number;
      Contact?: { ContactID: string };
    }[];
    const contact = open.find(({ RemainingCredit = 0 }) => RemainingCredit > 0)?.Contact?.ContactID;
    if (contact === undefined) return notAsked('No sales credit note is open.');
    const aged = await get(`Reports/AgedReceivablesByContact?contactID=${contact}`, {
      as: 'Reports/AgedReceivablesByContact?contactID={id}',
    });
    const ids = new Set<string>();
    JSON.stringify(aged.json['Reports'], (key, value) => {
      if (key === 'Id' && typeof value === 'string') ids.add(KNOWN.has(value) ? value : 'another');
      return value;
    });
    return finding(
      aged.status === 200 && ids.has('creditNoteID'),
      `It is ${aged.status}; ids: ${[...ids].sort().join(', ') || 'none'}.`,
    );
  },
};
