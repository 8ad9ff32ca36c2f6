/** The kinds of records on the books page, and the one change that fits a record of each. */
import type { JSX } from 'preact';
import type { RecordSummary } from '../xero/control/list-records.ts';

export const kinds = [
  ['invoices', 'Invoices and bills'],
  ['contacts', 'Contacts'],
  ['bankTransactions', 'Bank transactions'],
  ['payments', 'Payments'],
  ['creditNotes', 'Credit notes'],
  ['prepayments', 'Prepayments'],
  ['overpayments', 'Overpayments'],
  ['bankTransfers', 'Bank transfers'],
  ['manualJournals', 'Manual journals'],
  ['items', 'Items'],
  ['contactGroups', 'Contact groups'],
  ['trackingCategories', 'Tracking categories'],
] as const;
export type Kind = (typeof kinds)[number][0];

interface Change {
  word: string;
  /** As in "INV-1 voided". */
  done: string;
  action: string;
  fields?: Record<string, string>;
}

export function RecordAction(props: {
  kind: Kind;
  row: RecordSummary;
  act: (what: string, action: string, input: object) => () => Promise<void>;
}): JSX.Element | null {
  const { kind, row, act } = props;
  const change = changeFor(kind, row);
  if (change === null) return null;
  const { word, done, action, fields } = change;
  const run = act(`${row.label} ${done}`, action, {
    resource: kind,
    id: row.id,
    ...(fields ? { fields } : {}),
  });
  return (
    <button type="button" class="plain" onClick={() => void run()} aria-label={`${word}: ${row.label}`}>
      {word}
    </button>
  );
}

const REMOVE: Change = { word: 'Delete', done: 'deleted', action: 'delete' };
const VOID: Change = { word: 'Void', done: 'voided', action: 'void' };
const edit = (word: string, done: string, fields: Record<string, string>): Change => ({
  word,
  done,
  action: 'edit',
  fields,
});

/** Null where the record is over. */
function changeFor(kind: Kind, row: RecordSummary): Change | null {
  const isOver = row.status === 'DELETED' || row.status === 'VOIDED';
  if (kind === 'contacts') {
    const name = `${row.label.replace(/ \(renamed\)$/, '')} (renamed)`.slice(0, 255);
    return edit('Rename', 'renamed', { Name: name });
  }
  if (isOver) return null;
  const isUntouched = row.status === 'AUTHORISED' && row.due === row.amount;
  const checked = `Checked ${new Date().toLocaleTimeString('en-GB')}`;
  switch (kind) {
    case 'invoices':
    case 'creditNotes':
      return isUntouched ? VOID : edit('Edit reference', 'edited', { Reference: checked });
    case 'prepayments':
    case 'overpayments':
      return isUntouched ? VOID : null;
    case 'manualJournals':
      return row.status === 'POSTED' ? VOID : row.status === 'DRAFT' ? REMOVE : null;
    case 'trackingCategories':
      return row.status === 'ACTIVE'
        ? { word: 'Archive', done: 'archived', action: 'archive' }
        : { word: 'Restore', done: 'restored', action: 'restore' };
    default:
      return REMOVE;
  }
}
