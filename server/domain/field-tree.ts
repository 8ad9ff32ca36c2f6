/** The tree of all fields that a kind of Xero record may have, beyond the columns that we name ourselves. */

export interface Field {
  /** As Xero writes it. */
  name: string;
  kind: 'text' | 'number' | 'boolean' | 'date' | 'object' | 'list';
  /** Of an object, or of a list's elements. */
  fields: Field[];
}

/** Port: where the tree comes from. */
export interface FieldTree {
  /** Fields of the records of a list by its name in the envelope, e.g. `Invoices`; empty when there is no such list. */
  fieldsOf(envelope: string): Field[];
}
