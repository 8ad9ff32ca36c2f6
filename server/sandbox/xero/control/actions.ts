/** Everything that can be done to a running sandbox, as one table: a schema for the input and what it does. */
import { z } from 'zod';
import { faultSchema } from '../http/fault.ts';
import type { World } from '../http/world.ts';
import { changeBooks } from './change-books.ts';
import { createRecord } from './create-record.ts';
import { editRecord } from './edit-record.ts';
import { companyNamed, rowOf } from './find.ts';
import { listRecords } from './list-records.ts';
import { ControlError } from './refuse.ts';
import { vanishRecord } from './remove-record.ts';

interface Action<Schema extends z.ZodType, Result> {
  schema: Schema;
  run(world: World, input: z.output<Schema>): Result;
}

const action = <Schema extends z.ZodType, Result>(
  schema: Schema,
  run: (world: World, input: z.output<Schema>) => Result,
): Action<Schema, Result> => ({ schema, run });

/** A tenant id or a name; the first organisation where left out. */
const organisation = z.string().optional();
const resource = z.enum(['accounts', 'contacts', 'invoices', 'payments', 'bankTransactions']);
const record = z.strictObject({ organisation, resource, id: z.string() });
const tier = z.enum(['starter', 'core', 'plus', 'advanced']);
const done = { ok: true as const };

export const ACTIONS = {
  /** A day's work in one organisation's books, or in all three with `organisation: "all"`. */
  change: action(
    z.strictObject({
      organisation,
      fraction: z.number().positive().max(1).default(0.01),
      seed: z.int().default(1),
    }),
    (world, { organisation: name, fraction, seed }) => {
      const companies = name === 'all' ? world.companies : [companyNamed(world.companies, name)];
      return {
        organisations: companies.map((company) => ({
          tenantId: company.tenantId,
          ...changeBooks(company, world.clock, fraction, seed),
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
  void: action(record.extend({ resource: z.literal('invoices') }), (world, input) =>
    setStatus(world, input, { Status: 'VOIDED' }),
  ),
  delete: action(
    record.extend({ resource: z.enum(['invoices', 'payments', 'bankTransactions']) }),
    (world, input) => setStatus(world, input, { Status: 'DELETED' }),
  ),
  archive: action(record.extend({ resource: z.enum(['contacts', 'accounts']) }), (world, input) =>
    setStatus(
      world,
      input,
      input.resource === 'contacts' ? { ContactStatus: 'ARCHIVED' } : { Status: 'ARCHIVED' },
    ),
  ),
  /** Serves this text in place of the record, byte for byte, and stamps it as changed; without text, serves the record again. */
  setRaw: action(record.extend({ raw: z.string().nullable() }), (world, input) => {
    const company = companyNamed(world.companies, input.organisation);
    const row = rowOf(company, input.resource, input.id);
    if (input.raw === null) delete row.raw;
    else row.raw = input.raw;
    row.updatedAt = world.clock.now();
    company.version++;
    return { id: input.id };
  }),
  vanish: action(record, (world, input) => {
    vanishRecord(companyNamed(world.companies, input.organisation), input.resource, input.id);
    return { id: input.id };
  }),
  advanceClock: action(z.strictObject({ ms: z.int().nonnegative() }), (world, { ms }) => {
    world.clock.advance(ms);
    return { now: world.clock.now() };
  }),
  fault: action(faultSchema, (world, order) => {
    world.faults.add(order);
    return done;
  }),
  clearFaults: action(z.strictObject({}), (world) => {
    world.faults.clear();
    return done;
  }),
  /** The organisation's people remove the app inside Xero: no call tells the app, business calls are 403. */
  disconnect: action(z.strictObject({ organisation }), (world, { organisation: name }) => {
    const { tenantId } = companyNamed(world.companies, name);
    return { connections: world.grants.disconnect((connection) => connection.tenantId === tenantId) };
  }),
  expireAccessTokens: action(z.strictObject({}), (world) => ({ tokens: world.grants.expireAccessTokens() })),
  /** Ends every grant, or one user's (by id or email): refreshing answers invalid_grant. */
  revokeGrant: action(z.strictObject({ user: z.string().optional() }), (world, { user }) => {
    const found = world.users.find(({ id, email }) => id === user || email === user);
    if (user !== undefined && !found) throw new ControlError('user', `no user ${user}`);
    const grants = world.grants.grants().filter(({ userId }) => !found || userId === found.id);
    for (const grant of grants) world.grants.revoke(grant);
    return { grants: grants.length };
  }),
  /** What is left out stays. `day: null` follows the tier. */
  setLimits: action(
    z.strictObject({
      isOn: z.boolean().optional(),
      concurrent: z.int().positive().optional(),
      minute: z.int().positive().optional(),
      day: z.int().positive().nullable().optional(),
      appMinute: z.int().positive().optional(),
      highVolumeRows: z.int().positive().optional(),
    }),
    (world, { highVolumeRows, ...limits }) => {
      for (const [name, value] of Object.entries(limits)) {
        if (value !== undefined) Object.assign(world.limiter.settings, { [name]: value });
      }
      if (highVolumeRows !== undefined) world.highVolumeRows = highVolumeRows;
      return { ...world.limiter.settings, highVolumeRows: world.highVolumeRows };
    },
  ),
  setTier: action(z.strictObject({ organisation, tier }), (world, input) => {
    world.limiter.setTier(companyNamed(world.companies, input.organisation).tenantId, input.tier);
    return done;
  }),
  listRecords: action(
    z.strictObject({
      organisation,
      resource,
      page: z.int().positive().default(1),
      pageSize: z.int().positive().max(200).default(20),
      search: z.string().default(''),
      status: z.string().optional(),
    }),
    (world, { organisation: name, resource: kind, page, pageSize, search, status }) =>
      listRecords(companyNamed(world.companies, name), kind, { page, pageSize, search, status }),
  ),
};

function setStatus(
  world: World,
  input: { organisation?: string | undefined; resource: z.output<typeof resource>; id: string },
  fields: Record<string, string>,
) {
  const company = companyNamed(world.companies, input.organisation);
  editRecord(company, input.resource, input.id, fields, world.clock.now());
  return { id: input.id };
}
