/** The shape of a resource: all that pull, mirror, columns and sidebar need to know of one Xero list, as data. */

export type ColumnType = 'text' | 'money' | 'quantity' | 'rate' | 'integer' | 'boolean' | 'date' | 'instant';

export interface Column {
  /** Stable name, kebab-case; what exporters store. */
  key: string;
  /** The header as people read it. */
  label: string;
  type: ColumnType;
  /** JSON path inside the record, e.g. `Contact.Name`; for a line column prefixed by nothing when inside the line, by `^` when of its document. */
  path: string;
  /** In the default set. */
  isDefault: boolean;
}

/** How a list is read whole. */
export type Paging =
  /** Pages ordered by id, in parallel. `order` is the Xero field name. */
  | { kind: 'by-id'; order: string }
  /** Last page first, one at a time. */
  | { kind: 'backwards' }
  /** One answer holds everything. */
  | { kind: 'whole' };

export interface Lines {
  /** Path of the array in the record. */
  path: string;
  idField: string;
  columns: readonly Column[];
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
  paging: Paging;
  /** Sent with every list call. */
  query: Readonly<Record<string, string>>;
  /** Whether If-Modified-Since finds changes. `whole` resources whose deletions leave no trace are re-read and compared anyway. */
  hasModifiedSince: boolean;
  /** `vanish`: a removed record is simply gone; `state`: it stays with a state. */
  removal: 'vanish' | 'state';
  /** A change of it can change a report. `dateField`: the record's accounting date (null: any date). */
  ledger: { dateField: string | null } | null;
  /** A date field that Xero's `where` filters quickly: what a list too large for one answer is cut by. */
  windowField?: string;
  /** Its one record holds the organisation's financial year and time zone. */
  isCalendar?: true;
  columns: readonly Column[];
  lines: Lines | null;
}
