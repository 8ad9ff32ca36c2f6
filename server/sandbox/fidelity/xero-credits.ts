/** Rules of credit notes, prepayments and overpayments, and of what they settle. */
import type { Rule } from './rule.ts';

export const xeroCreditRules: readonly Rule[] = [
  {
    id: 'xero-credits-in-control',
    says: 'What is left of credit notes, prepayments and overpayments stands in the control accounts against what is due of invoices.',
    source:
      'Xero’s aged reports list all of them and come to the control account; nobody says so of the ledger',
    certainty: 'assumed',
    probe:
      'With one unallocated credit of each type, compare the aged reports and the trial balance of one day.',
  },
  {
    id: 'xero-credits-forms',
    says: 'Lines come when paged and by id; allocations and refunds come in every form.',
    source: 'xero-api.md 3.2',
    certainty: 'documented',
  },
  {
    id: 'xero-credits-remaining',
    says: 'RemainingCredit is the total less allocations and refunds; at zero the credit is PAID, and AUTHORISED again when a use is taken back.',
    source: 'xero-api.md 3.2 and 7.2, steps 8 to 12',
    certainty: 'documented',
  },
  {
    id: 'xero-credits-nothing-left',
    says: 'A voided or deleted credit has a RemainingCredit of zero and keeps its total; a draft has all of it left.',
    source: 'of drafts: example of /CreditNotes in OAS 16.1; of voided ones nobody says so',
    certainty: 'assumed',
    probe: 'Void a credit note and GET it by id.',
  },
  {
    id: 'xero-credits-voided-listed',
    says: 'Voided and deleted credit notes are listed.',
    source: 'xero-api.md 3.2 ([M])',
    certainty: 'assumed',
    probe: 'Void one credit note and delete a draft, then page through /CreditNotes.',
  },
  {
    id: 'xero-credits-void-unused',
    says: 'A credit with allocations or refunds cannot be voided, and an invoice with allocations neither.',
    source: 'xero-api.md 7.2, step 15',
    certainty: 'documented',
  },
  {
    id: 'xero-allocation-date',
    says: 'An allocation is dated the later of its two documents.',
    source: 'xero-api.md 7.2, step 12',
    certainty: 'documented',
  },
  {
    id: 'xero-allocation-stamps',
    says: 'An allocation, and its removal, stamp both documents.',
    source: 'nobody says so',
    certainty: 'assumed',
    probe:
      'Allocate a credit note; compare UpdatedDateUTC of it and of the invoice before and after; then delete the allocation.',
  },
  {
    id: 'xero-invoice-credited',
    says: 'An invoice lists the credits set against it with AppliedAmount, in CreditNotes, Prepayments and Overpayments; AmountDue = Total - AmountPaid - AmountCredited, and PAID follows.',
    source: 'xero-api.md 3.4 and 7.2; schema of AppliedAmount in OAS 16.1',
    certainty: 'specified',
  },
  {
    id: 'xero-refund-as-invoice',
    says: 'A refund is a payment whose Invoice is the credit, with its type and number: ARCREDITPAYMENT, APCREDITPAYMENT, ARPREPAYMENTPAYMENT and so on.',
    source: 'example of /Payments in OAS 16.1 (CN-0005); xero-api.md 3.4',
    certainty: 'specified',
  },
  {
    id: 'xero-advance-transaction',
    says: 'A prepayment or overpayment comes with a bank transaction of the same type, which names it.',
    source: 'xero-api.md 7.2, step 8; example of /BankTransactions in OAS 16.1',
    certainty: 'documented',
  },
  {
    id: 'xero-advance-void',
    says: 'A prepayment or overpayment that is voided, or whose bank transaction is deleted, leaves both VOIDED.',
    source: 'xero-api.md 3.2 (BankTransactions: “+VOIDED for pre/overpayments”)',
    certainty: 'reported',
    probe: 'Void a prepayment in Xero and GET it and its bank transaction by id.',
  },
  {
    id: 'xero-overpayment-line',
    says: 'An overpayment has one line without tax, coded to the control account.',
    source: 'xero-api.md 7.2, step 8; example of /Overpayments/{OverpaymentID} in OAS 16.1',
    certainty: 'documented',
  },
  {
    id: 'xero-prepayment-reference',
    says: 'Reference and InvoiceNumber of a prepayment are the same; InvoiceNumbers= finds it, References= an overpayment.',
    source: 'xero-api.md 3.2; OAS 16.1',
    certainty: 'documented',
  },
  {
    id: 'xero-prepayment-books-nothing',
    says: 'The lines of a prepayment book nothing by themselves: its money stands in the control account until an invoice takes it.',
    source: 'nobody says so',
    certainty: 'assumed',
    probe:
      'Receive a prepayment with tax and compare the trial balance and the tax account before and after.',
  },
  {
    id: 'xero-credits-in-balances',
    says: 'The outstanding balance of a contact is what is due of invoices less what is left of credits; nothing of a credit is overdue.',
    source: 'nobody says so',
    certainty: 'assumed',
    probe: 'Compare Balances of a contact before and after an unallocated credit note.',
  },
  {
    id: 'xero-allocation-gain',
    says: 'What credit and invoice stood for at rates of their own is, where they differ, a realised currency gain when one is set against the other.',
    source: 'xero-api.md 7.3 says only that Xero makes such postings',
    certainty: 'assumed',
    probe:
      'Allocate a foreign credit note to an invoice of another day’s rate and read the account of realised gains.',
  },
];
