/** Where the sandbox knowingly differs from Xero or Google, and why: nothing else may contradict the references. */

export interface Deviation {
  /** What Xero or Google do. */
  theirs: string;
  /** What the sandbox does instead. */
  ours: string;
  /** Document and section that says what they do. */
  source: string;
  reason: string;
}

export const deviations: readonly Deviation[] = [
  {
    theirs: 'Without Accept: application/json Xero answers in XML.',
    ours: '406 with a sentence.',
    source: 'xero-api.md section 3 and 11.3',
    reason:
      'No caller of ours means XML; one that forgets the header is told at once instead of failing on a parser.',
  },
  {
    theirs: 'HTML 403 for TLS before 1.2.',
    ours: 'Plain http on this machine.',
    source: 'xero-api.md 1.1',
    reason: 'The sandbox has no TLS; the answer can be ordered as a fault.',
  },
  {
    theirs: 'Identity, API and sign-in have three hosts.',
    ours: 'One origin serves all three.',
    source: 'xero-api.md 1.1 and 11.1',
    reason: 'Paths do not collide, and our three base URLs are separate settings.',
  },
  {
    theirs: 'Writes: POST and PUT create and change records.',
    ours: '501 for all methods but GET on the Accounting API; people’s edits come through the control.',
    source: 'xero-api.md section 7 and 11.10',
    reason: 'The product reads only; restoring is not built yet, and a write by mistake must fail loudly.',
  },
  {
    theirs: 'A balance sheet takes tracking options, and tracking goes with earlier periods and cash basis.',
    ours: '400 for these; a profit and loss of one span on accrual basis is tracked.',
    source: 'xero-api.md 4.2',
    reason:
      'No report of the product is tracked; what the sandbox cannot do it says instead of answering with other figures.',
  },
  {
    theirs: 'Journals come on cash basis with paymentsOnly=true, and their lines carry tax and tracking.',
    ours: '400 for paymentsOnly; lines are those of the ledger, tax as a line of its own.',
    source: 'xero-api.md 3.3',
    reason:
      'The product works without this premium endpoint; numbers, reverses and balance are what it would need.',
  },
  {
    theirs:
      'Attachments, PDFs, history, online invoice links, Files, Assets, Projects, BatchPayments, Quotes, PurchaseOrders, RepeatingInvoices, LinkedTransactions, Budgets, the 1099 and budget reports, published tax returns, webhooks.',
    ours: '404 with Xero’s plain text.',
    source: 'xero-api.md 3.2, 3.3, 3.6, section 5 and 8',
    reason: 'Not pulled yet; each comes with the resource that pulls it.',
  },
  {
    theirs:
      'An app with a secret gets tokens of its own by client_credentials, to manage connections and billing.',
    ours: '400 unsupported_grant_type.',
    source: 'xero-api.md 1.3 and 1.4',
    reason: 'The product acts for people only, each with a consent of their own.',
  },
  {
    theirs:
      'Bytes that leave are metered and billed above a tier’s share; Rapid Sync lifts limits for a new connection’s first half hour.',
    ours: 'Bytes are counted and never refused; limits hold from the first call.',
    source: 'xero-api.md 1.5',
    reason:
      'Whether metering is before or after compression is unknown, and the product must not lean on a lifted limit.',
  },
  {
    theirs:
      'The organisation counts as connected to two uncertified apps at most, and a Starter app to five organisations.',
    ours: 'No such limits.',
    source: 'xero-api.md 1.5',
    reason:
      'They are commercial limits of a registration; the consent page of Xero says them before we are asked.',
  },
  {
    theirs: 'Sheets calls longer than 180 seconds end with a timeout.',
    ours: 'Calls that write more than a number of cells do, 20 million unless set.',
    source: 'google-platform.md 5.1',
    reason:
      'The sandbox works in milliseconds and nobody has published how many cells Google writes in that time.',
  },
  {
    theirs: 'Spreadsheets hold 20 million cells since September 2026.',
    ours: 'Ten million, as a setting.',
    source: 'google-platform.md 0.1 (fifth)',
    reason: 'Sources differ on who has the higher limit; the lower one is what everybody can rely on.',
  },
  {
    theirs: 'Drive turns uploads into documents, and exports them in many formats.',
    ours: 'Files of bytes stay as they came; the first tab of a spreadsheet is exported as CSV; anything else is a 400.',
    source: 'google-platform.md 5 and @googleapis/drive 26',
    reason: 'The product keeps archives as they are and reads spreadsheets by the Sheets API.',
  },
  {
    theirs:
      'Sheets has charts, slicers, data sources, comments and autofill; Drive has shared drives, comments, revisions, changes and approvals.',
    ours: 'Refused by name with a 400.',
    source: 'google-platform.md 5 and @googleapis/sheets 18, @googleapis/drive 26',
    reason: 'The product calls none of them, and a request that did nothing would hide that it was sent.',
  },
  {
    theirs:
      'Conditional formats, bands and table colours show in effectiveFormat; columns are resized to their text.',
    ours: 'Kept and moved, but effectiveFormat is the cell’s own look on the default one; autoResizeDimensions changes nothing.',
    source: 'google-platform.md 5.4 and 5.8; @googleapis/sheets 18, CellData.effectiveFormat',
    reason: 'Nothing reads looks back, and widths depend on fonts that the sandbox does not have.',
  },
];
