/** The control actions that change the books: what people in Xero, or its support, could do at any moment. */
import { z } from 'zod';
import { change } from '../company/company.ts';
import type { World } from '../http/world.ts';
import { action, organisation, type Resource, record, resource } from './action.ts';
import { changeBooks } from './change-books.ts';
import { WORK_NAMES } from './change-work.ts';
import { allocateCredit, removeAllocation } from './create-credit.ts';
import { createRecord } from './create-record.ts';
import { editRecord } from './edit-record.ts';
import { decimal } from './fields.ts';
import { companyNamed, rowOf } from './find.ts';
import { mergeContacts } from './merge-contacts.ts';
import { deleteAccount, vanishRecord } from './remove-record.ts';

const archivable = record.extend({ resource: z.enum(['contacts', 'accounts', 'trackingCategories']) });

export const BOOK_ACTIONS = {
  /** A day's work in one organisation's books, or in all of them with `organisation: "all"`. */
  change: action(
    z.strictObject({
      organisation,
      fraction: z.number().positive().max(1).default(0.01),
      seed: z.int().default(1),
      /** Only these kinds of work, each as often; the usual mix where left out. */
      works: z.array(z.enum(WORK_NAMES)).min(1).optional(),
    }),
    (world, { organisation: name, fraction, seed, works }) => {
      const companies = name === 'all' ? world.companies : [companyNamed(world.companies, name)];
      return {
        organisations: companies.map((company) => ({
          tenantId: company.tenantId,
          ...changeBooks(company, world.clock, fraction, seed, works),
        })),
      };
    },
  ),
  /** One record, with Xero's field names: `{resource: "invoices", id, fields: {Reference: "x"}}`. */
  edit: action(record.extend({ fields: z.record(z.string(), z.unknown()) }), (world, input) => {
    const company = companyNamed(world.companies, input.organisation);
    editRecord(company, input.resource, input.id, input.fields, world.clock.now());
    return { id: input.id };
  }),
  create: action(
    z.strictObject({ organisation, resource, fields: z.record(z.string(), z.unknown()) }),
    (world, input) => {
      const company = companyNamed(world.companies, input.organisation);
      return { id: createRecord(company, input.resource, input.fields, world.clock.now()) };
    },
  ),
  void: action(
    record.extend({
      resource: z.enum(['invoices', 'creditNotes', 'prepayments', 'overpayments', 'manualJournals']),
    }),
    (world, input) => setStatus(world, input, { Status: 'VOIDED' }),
  ),
  /**
   * As Xero's own button: a document stays, marked; an item leaves no trace, and neither does an account, where nothing was
   * booked to it.
   */
  delete: action(
    record.extend({
      resource: resource.exclude(['contacts', 'prepayments', 'overpayments']),
    }),
    (world, input) => {
      const company = companyNamed(world.companies, input.organisation);
      if (input.resource === 'accounts') deleteAccount(company, input.id);
      else if (input.resource === 'items') vanishRecord(company, 'items', input.id);
      else return setStatus(world, input, { Status: 'DELETED' });
      return { id: input.id };
    },
  ),
  archive: action(archivable, (world, input) =>
    setStatus(world, input, statusFields(input.resource, 'ARCHIVED')),
  ),
  /** Out of the archive again. A contact that was merged away stays there. */
  restore: action(archivable, (world, input) =>
    setStatus(world, input, statusFields(input.resource, 'ACTIVE')),
  ),
  /** So much of a credit against an invoice of the same contact, currency and side; as much as both bear where left out. */
  allocate: action(
    record.extend({
      resource: z.enum(['creditNotes', 'prepayments', 'overpayments']),
      invoiceId: z.string(),
      amount: decimal(2).optional(),
    }),
    (world, { organisation: name, resource: kind, id, invoiceId, amount }) => {
      const company = companyNamed(world.companies, name);
      const { index } = allocateCredit(company, kind, id, invoiceId, amount, world.clock.now());
      return { id: company.id('allocations', index) };
    },
  ),
  /** Takes an allocation back, by the AllocationID. */
  removeAllocation: action(z.strictObject({ organisation, id: z.string() }), (world, input) => {
    removeAllocation(companyNamed(world.companies, input.organisation), input.id, world.clock.now());
    return { id: input.id };
  }),
  /** Contact `from` goes into contact `into`, with everything that was its own; see `mergeContacts` for what is stamped. */
  merge: action(z.strictObject({ organisation, from: z.string(), into: z.string() }), (world, input) => {
    const company = companyNamed(world.companies, input.organisation);
    return { moved: mergeContacts(company, input.from, input.into, world.clock.now()) };
  }),
  /** Serves this text in place of the record, byte for byte, and stamps it as changed; without text, serves the record again. */
  setRaw: action(record.extend({ raw: z.string().nullable() }), (world, input) => {
    const company = companyNamed(world.companies, input.organisation);
    const row = rowOf(company, input.resource, input.id);
    change(company, input.resource, row, () => {
      row.raw = input.raw ?? undefined;
      row.updatedAt = world.clock.now();
    });
    return { id: input.id };
  }),
  vanish: action(record, (world, input) => {
    vanishRecord(companyNamed(world.companies, input.organisation), input.resource, input.id);
    return { id: input.id };
  }),
} as const;

const statusFields = (kind: Resource, status: 'ACTIVE' | 'ARCHIVED') =>
  kind === 'contacts' ? { ContactStatus: status } : { Status: status };

function setStatus(
  world: World,
  input: { organisation?: string | undefined; resource: Resource; id: string },
  fields: Record<string, string>,
) {
  const company = companyNamed(world.companies, input.organisation);
  editRecord(company, input.resource, input.id, fields, world.clock.now());
  return { id: input.id };
}
