/** The shape of a resource: all that pull, mirror, columns and sidebar need to know of one Xero list, as data. */

export type ColumnType = 'text' | 'money' | 'quantity' | 'rate' | 'integer' | 'boolean' | 'date' | 'instant';

export interface Column {
  /** Stable name, kebab-case; what exporters store. */
  key: string;
  /** The header as people read it. */
  label: string;
  type: ColumnType;
  /**
   * JSON path inside the record: `Contact.Name`; `Tracking[0].Option`, one place of a list; `Phones[PhoneType=FAX].PhoneNumber`, its
   * first element with that value; `ContactGroups[*].Name`, all of them with commas between; `Phones[0].{A B}` or `{A, B}`, the fields
   * that are not empty together, with what stands between them; `Invoice.Type|CreditNote.Type`, the first that is there. Of a line column: inside the line, or with `^` before it of its document.
   */
  path: string;
  /** In the default set. */
  isDefault: boolean;
}

/** What Xero gives or withholds beside the role itself: reports, and manual journals since June 2026 (xero-api.md 1.6 and 4.1, 2026-11-20). */
export const reportsPermission = 'the permission to see reports';

/** How a list is read whole. */
export type Paging =
  /** Pages ordered by id, in parallel. `order` is the Xero field name. */
  | { kind: 'by-id'; order: string }
  /** Last page first, one at a time. */
  | { kind: 'backwards' }
  /** One answer holds everything. */
  | { kind: 'whole' };

/** A list inside each record that people want as rows of its own: line items, allocations, options. */
export interface Lines {
  /** What datasets call them, unique in the resource. */
  name: string;
  /** Path of the array in the record. */
  path: string;
  columns: readonly Column[];
}

/**
 * Records without a stamp of their changes that nobody can edit: they are made, and may be removed. So one that is new and still
 * stands changed when it was made.
 */
export interface Lasting {
  /** Field of the instant at which it was made. */
  madeField: string;
  /** Its state while it stands. */
  state: string;
  /** Fields that do change meanwhile, and move no report. */
  marks: readonly string[];
}

export interface Resource {
  name: string;
  label: string;
  /** Path under api.xro/2.0, and the name of the array in the envelope. */
  path: string;
  envelope: string;
  idField: string;
  /** Field of the last change (`/Date(ms)/`), null when Xero has none. */
  updatedField: string | null;
  /** Field of the record's state (`Status`), null when none. */
  stateField: string | null;
  scope: string;
  /** What the Xero user who connects must have beside a role, as people are told. */
  permission?: string;
  paging: Paging;
  /** Sent with every list call. */
  query: Readonly<Record<string, string>>;
  /** Whether If-Modified-Since finds changes. `whole` resources whose deletions leave no trace are re-read and compared anyway. */
  hasModifiedSince: boolean;
  /** `vanish`: a removed record is simply gone; `state`: it stays with a state. */
  removal: 'vanish' | 'state';
  /** A change of it can change a report. `dateField`: the record's accounting date (null: any date). */
  ledger: { dateField: string | null; lasting?: Lasting } | null;
  /** A date field that Xero's `where` filters quickly: what a list too large for one answer is cut by. */
  windowField?: string;
  /** Organisations have most records of these: pages that are full and take long. */
  isLong?: true;
  /** Its one record holds the organisation's financial year and time zone. */
  isCalendar?: true;
  columns: readonly Column[];
  lines: readonly Lines[];
}
