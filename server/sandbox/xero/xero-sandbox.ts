/** Xero on this machine: identity, connections and Accounting over six seeded companies, behind one function or one socket. */
import type { HttpRequest, HttpResponse } from '../../domain/http-message.ts';
import type { SandboxClock } from '../clock.ts';
import { type SandboxResponse, type ServedSandbox, serveSandbox } from '../serve.ts';
import type { Company } from './company/company.ts';
import { type CompanySize, generateCompany } from './company/generate.ts';
import { PROFILES, type Tier } from './company/profiles.ts';
import { controlHandler, controlOf, type XeroControl } from './control/control.ts';
import { callOrders } from './http/call-orders.ts';
import { faultBook } from './http/fault.ts';
import { handleRequest } from './http/handle.ts';
import { limiter } from './http/limits.ts';
import { tally } from './http/tally.ts';
import type { Latency, World } from './http/world.ts';
import { grantStore } from './oauth/grants.ts';
import { DEFAULT_CLIENT, USERS, type XeroClient, type XeroUser } from './oauth/registration.ts';
import { roleBook } from './oauth/roles.ts';
import { signer } from './oauth/signing.ts';

export interface XeroSandboxOptions {
  seed: number;
  /** Of the first organisation, or of the first few in order; the others are small. */
  size: CompanySize | readonly CompanySize[];
  /** The names of those that the sandbox offers (profiles.ts); all where left out. */
  organisations?: readonly string[];
  clock: SandboxClock;
  /** True where left out. Switched off, the headers say that everything is left. */
  rateLimits?: boolean;
  /** Passed on the clock before each answer; none where left out. `XERO_LATENCY` is what we take Xero's own to be. */
  latency?: Latency;
  /** The apps that may ask for consent; `DEFAULT_CLIENT` where left out. */
  clients?: XeroClient[];
}

export interface XeroSandbox {
  /** Answers without a socket. A dropped connection rejects with code ECONNRESET; the sandbox itself never fails otherwise. */
  handle(request: HttpRequest): Promise<HttpResponse>;
  /** As `handle`, with transport faults left to the caller: what `serveSandbox` wants. */
  respond(request: HttpRequest): Promise<SandboxResponse>;
  control: XeroControl;
  organisations: readonly { tenantId: string; name: string; baseCurrency: string; timeZone: string }[];
  users: readonly XeroUser[];
  clients: readonly XeroClient[];
  /** The books themselves, for tests that check answers against them. */
  companies: readonly Company[];
}

/** The same seed and the same day give the same books. */
export function createXeroSandbox(options: XeroSandboxOptions): XeroSandbox {
  const { seed, size, clock } = options;
  const now = clock.now();
  for (const name of options.organisations ?? []) {
    if (!PROFILES.some((profile) => profile.name === name)) throw new Error(`no organisation ${name}`);
  }
  const sizes = typeof size === 'string' ? [size] : size;
  const companies = PROFILES.flatMap((profile, number) => {
    if (options.organisations && !options.organisations.includes(profile.name)) return [];
    return generateCompany(profile, { seed, number, size: sizes[number] ?? 'small', now });
  });
  const tiers = new Map(companies.map(({ tenantId, profile }): [string, Tier] => [tenantId, profile.tier]));
  const world: World = {
    clock,
    companies,
    clients: options.clients ?? [DEFAULT_CLIENT],
    users: USERS,
    grants: grantStore(clock),
    roles: roleBook(),
    signer: signer(),
    tally: tally(),
    limiter: limiter(clock, seed, tiers, options.rateLimits ?? true),
    faults: faultBook(clock.now),
    callOrders: callOrders(),
    editsMade: [],
    latency: options.latency ?? null,
    highVolumeRows: 100_000,
  };
  const control = controlHandler(world);
  const respond = (request: HttpRequest) => handleRequest(world, control, request);
  return {
    respond,
    async handle(request) {
      const { transport = [], release, ...response } = await respond(request);
      try {
        for (const fault of transport) {
          if (fault.kind === 'delay') await clock.sleep(fault.ms);
          else throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
        }
      } finally {
        release?.();
      }
      return response;
    },
    control: controlOf(world),
    organisations: companies.map(({ tenantId, profile }) => ({
      tenantId,
      name: profile.name,
      baseCurrency: profile.baseCurrency,
      timeZone: profile.timeZone,
    })),
    users: world.users,
    clients: world.clients,
    companies,
  };
}

/** The sandbox behind `http://127.0.0.1:PORT`; one origin serves identity, connections, Accounting and control. */
export const serveXeroSandbox = (
  sandbox: XeroSandbox,
  options: { port?: number } = {},
): Promise<ServedSandbox> => serveSandbox(sandbox.respond, options);
