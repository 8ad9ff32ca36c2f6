/** Currencies that the organisation has, keyed by their code; no id and no change stamp, so read whole and compared. */
import { text } from './column.ts';
import type { Resource } from './resource.ts';

export const currencies: Resource = {
  name: 'currencies',
  label: 'Currencies',
  path: 'Currencies',
  envelope: 'Currencies',
  idField: 'Code',
  updatedField: null,
  stateField: null,
  scope: 'accounting.settings.read',
  paging: { kind: 'whole' },
  query: {},
  hasModifiedSince: false,
  removal: 'vanish',
  ledger: null,
  columns: [text('code', 'Code', 'Code'), text('description', 'Description', 'Description')],
  lines: [],
};
