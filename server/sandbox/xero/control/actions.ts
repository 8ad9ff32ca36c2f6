/** Everything that can be done to a running sandbox, as one table: a schema for the input and what it does. */
import { z } from 'zod';
import { faultSchema } from '../http/fault.ts';
import { type World, XERO_LATENCY } from '../http/world.ts';
import { ROLE_NAMES } from '../oauth/roles.ts';
import { action, organisation, resource } from './action.ts';
import { BOOK_ACTIONS } from './book-actions.ts';
import { EDIT_ORDER_ACTIONS } from './edit-orders.ts';
import { companyNamed } from './find.ts';
import { listRecords } from './list-records.ts';
import { ControlError } from './refuse.ts';

const tier = z.enum(['starter', 'core', 'plus', 'advanced']);
const done = { ok: true as const };

export const ACTIONS = {
  ...BOOK_ACTIONS,
  ...EDIT_ORDER_ACTIONS,
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
    const found = user === undefined ? undefined : userNamed(world, user);
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
  /** From the next request on; what is left out is Xero's own as assumed, and `isOn: false` answers at once. */
  setLatency: action(
    z.strictObject({
      isOn: z.boolean().default(true),
      baseMs: z.number().nonnegative().default(XERO_LATENCY.baseMs),
      perRowMs: z.number().nonnegative().default(XERO_LATENCY.perRowMs),
      factor: z.number().positive().max(100).default(1),
    }),
    (world, { isOn, ...latency }) => {
      world.latency = isOn ? latency : null;
      return { latency: world.latency };
    },
  ),
  /** What the connecting user may see from now on; all users where none is named, in the first organisation or all. */
  setRole: action(
    z.strictObject({
      organisation,
      user: z.string().optional(),
      role: z.enum(ROLE_NAMES),
      /** Of an adviser always, of others only where said so. */
      isBankAccountAdmin: z.boolean().optional(),
    }),
    (world, { organisation: name, user, role, isBankAccountAdmin }) => {
      const companies = name === 'all' ? world.companies : [companyNamed(world.companies, name)];
      const users = user === undefined ? world.users : [userNamed(world, user)];
      for (const { tenantId } of companies) {
        for (const { id } of users) {
          world.roles.set(id, tenantId, {
            name: role,
            isBankAccountAdmin: isBankAccountAdmin ?? role === 'adviser',
          });
        }
      }
      return done;
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

/** By id or email. */
function userNamed(world: World, name: string) {
  const found = world.users.find(({ id, email }) => id === name || email === name);
  if (!found) throw new ControlError('user', `no user ${name}`);
  return found;
}
