/** A company's ledger made afresh from its documents, to check by it the one that was kept along the way. */
import { type Company, tableOf } from '../../../server/sandbox/xero/company/company.ts';
import {
  KINDS,
  type KindOfRecord,
  RECORD_KINDS,
  type RecordKind,
  type Rows,
} from '../../../server/sandbox/xero/company/kinds.ts';
import { emptyLedger, type Ledger } from '../../../server/sandbox/xero/company/ledger.ts';

export function freshLedger(company: Company): Ledger {
  const fresh = emptyLedger();
  for (const kind of RECORD_KINDS) postAll(company, kind, fresh);
  return fresh;
}

function postAll<Kind extends RecordKind>(company: Company, kind: Kind, ledger: Ledger) {
  const { post } = KINDS[kind] as KindOfRecord<Rows[Kind]>;
  if (post) for (const row of tableOf(company, kind)) post(company, row, ledger.post);
}
