/** An edit as a worker does it: done, and listed. */
import type { Resource } from './action.ts';
import { type Bench, edited } from './bench.ts';
import { editRecord } from './edit-record.ts';

export function edit(
  { company, now, changes }: Pick<Bench, 'company' | 'now' | 'changes'>,
  kind: Resource,
  index: number,
  fields: Record<string, unknown>,
): true {
  editRecord(company, kind, company.id(kind, index), fields, now);
  return edited(changes, company, kind, index);
}
