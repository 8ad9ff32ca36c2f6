/** The tree of all fields that a kind of Xero record may have, beyond the columns that we name ourselves. */

export interface Field {
  /** As Xero writes it. */
  name: string;
  kind: 'text' | 'number' | 'boolean' | 'date' | 'object' | 'list';
  /** Of an object, or of a list's elements. */
  fields: Field[];
  /** Of a text that is one of a published list of words. */
  values?: readonly string[];
}

/** Port: where the tree comes from. */
export interface FieldTree {
  /** Fields of the records of a list by its name in the envelope, e.g. `Invoices`; empty when there is no such list. */
  fieldsOf(envelope: string): Field[];
  /** As `fieldsOf`, with what Xero sends beyond its published fields, and with the values of those that have a list of them. */
  sentIn(envelope: string): Field[];
}
