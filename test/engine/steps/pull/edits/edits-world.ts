/** One seed's world: a small organisation of the sandbox, our client, the pull step and a mirror; every call may find the books, the network or the clock changed. */
import type { Json } from '../../../../../server/domain/json.ts';
import { sqliteStore } from '../../../../../server/embedded/sqlite-store.ts';
import { pullStep } from '../../../../../server/engine/steps/pull/pull-step.ts';
import { FatalError, RetryError, UserError, WaitError } from '../../../../../server/errors.ts';
import { cutPage } from '../../../../../server/mirror/cutter.ts';
import type { Mirror } from '../../../../../server/mirror/mirror.ts';
import { recordText } from '../../../../../server/mirror/record-text.ts';
import type { Network, Ports, XeroReader } from '../../../../../server/ports.ts';
import type { Resource } from '../../../../../server/resources/resource.ts';
import { xeroClient } from '../../../../../server/xero/client.ts';
import { caller, ORIGIN, token } from '../../../../sandbox/xero/caller.ts';
import { recordingLog } from '../../../../support/recording-log.ts';
import { sandboxNetwork } from '../../../../support/sandbox-network.ts';
import { seededNumbers, seededRandom } from '../../../../support/seeded-random.ts';

export interface Dice {
  /** From 0 up to 1. */
  next(): number;
  /** From 0 up to before `below`. */
  below(below: number): number;
  one<T>(of: readonly T[]): T;
  chance(share: number): boolean;
}

export function diceOf(seed: number): Dice {
  const next = seededNumbers(seed + 1);
  const below = (end: number): number => Math.floor(next() * end);
  return {
    next,
    below,
    one: (of) => {
      const found = of[below(of.length)];
      if (found === undefined && of.length === 0) throw new Error('nothing to choose from');
      return found as (typeof of)[number];
    },
    chance: (share) => next() < share,
  };
}

export type EditsWorld = Awaited<ReturnType<typeof editsWorld>>;

export interface Wants {
  resources: string[];
  reports: string[];
}

const tokenLifeMs = 25 * 60_000;
/** Of one pull, waits and repeats included: no seed has ever needed a quarter of it. */
const mostUnits = 3_000;

export async function editsWorld(
  seed: number,
  dice: Dice,
  open: (organisationId: string) => Promise<{ mirror: Mirror; store?: Ports['store'] }>,
) {
  const { sandbox, clock, tokens } = await caller({ seed });
  const { tenantId: organisationId } = dice.one(sandbox.organisations);
  const { mirror, store = sqliteStore(':memory:') as Ports['store'] } = await open(organisationId);
  let access = { ...tokens, until: clock.now() + tokenLifeMs };
  let wrongBy = 0;
  let pageSize = 1_000;
  const ours = { now: () => clock.now() + wrongBy, sleep: async () => undefined };
  const inner = sandboxNetwork(sandbox);
  const world = {
    sandbox,
    clock,
    organisationId,
    mirror,
    log: [] as string[],
    calls: 0,
    /** Called before each call and before each unit: what changes the books, the network and the clock meanwhile. */
    meanwhile: (): void => undefined,
    /** Whether what the unit came to is lost: the process ended before its checkpoint was stored. */
    isLost: (): boolean => false,
    /** How many turns of others a call waits until Xero looks at it. */
    detour: (): number => 0,
    setPageSize(size: number) {
      pageSize = size;
    },
    stepClock(ms: number) {
      wrongBy += ms;
    },
    /** Every record of the resource as Xero lists it now: id → exact text. */
    async source(resource: Resource): Promise<Map<string, string>> {
      const found = new Map<string, string>();
      for (let page = 1; ; page += 1) {
        const paging = resource.paging.kind === 'whole' ? {} : { page: String(page), pageSize: '1000' };
        const query = new URLSearchParams({ ...resource.query, ...paging });
        const { body } = await ask(`/api.xro/2.0/${resource.path}?${query}`);
        const { records, envelope } = cutPage(body, resource.envelope, resource);
        for (const { id, raw } of records) found.set(id, recordText(raw));
        if (page >= (envelope.pagination?.pageCount ?? 1)) return found;
      }
    },
    /** A run's pull to its end: 'done', or the code of the error that ended it. */
    async pull(wants: Wants, more: { isRemovalConfirmed?: boolean } = {}): Promise<string> {
      clock.advance(1_000);
      const input = { ...wants, ...more, connectionId: 'c', organisationId, teamId: 't' };
      const requestedAt = ours.now();
      runs += 1;
      let checkpoint: Json = null;
      for (let units = 0; units < mostUnits; units += 1) {
        clock.advance(20);
        world.meanwhile();
        try {
          const outcome = await step.advance(input, checkpoint, {
            runId: `r${runs}`,
            teamId: 't',
            exporterId: 'e',
            requestedAt,
            trigger: 'manual',
            signal: new AbortController().signal,
            fencing: 1,
            guard: async () => undefined,
            report: () => undefined,
          });
          if (world.isLost()) continue;
          if (outcome.kind === 'done') return 'done';
          checkpoint = JSON.parse(JSON.stringify(outcome.checkpoint)) as Json;
        } catch (error) {
          if (error instanceof WaitError) clock.advance(Math.max(1, error.untilAt - ours.now()));
          else if (error instanceof UserError || error instanceof FatalError) return error.code;
          else if (!(error instanceof RetryError)) throw error;
        }
      }
      throw new Error('the pull has no end');
    },
    close() {
      if ('close' in store) (store as { close(): void }).close();
    },
  };

  const ask = async (path: string) => {
    await renewed();
    return sandbox.handle({
      method: 'GET',
      url: `${ORIGIN}${path}`,
      headers: {
        authorization: `Bearer ${access.access_token}`,
        accept: 'application/json',
        'xero-tenant-id': organisationId,
      },
    });
  };
  const renewed = async () => {
    if (clock.now() < access.until) return;
    const reply = await token(sandbox, { grant_type: 'refresh_token', refresh_token: access.refresh_token });
    access = { ...reply.json, until: clock.now() + tokenLifeMs };
  };
  const network: Network = {
    async request(request, wishes) {
      world.calls += 1;
      world.meanwhile();
      // Calls that are under way together are answered out of turn.
      for (let turns = world.detour(); turns > 0; turns -= 1) await Promise.resolve();
      // Small pages, so that a small organisation fills many; no gzip but where a fault makes one, to be quick.
      const url = request.url.replace('pageSize=1000', `pageSize=${pageSize}`);
      const { 'accept-encoding': _, ...headers } = request.headers;
      return inner.request({ ...request, url, headers }, wishes);
    },
  };
  const client = xeroClient({ network, clock: ours, random: seededRandom(seed) }, { apiOrigin: ORIGIN });
  const xeroReader: XeroReader = {
    async read(_connection, request) {
      await renewed();
      return client.read({ accessToken: access.access_token, organisationId }, request, () => undefined);
    },
  };
  const step = pullStep(
    { store, clock: ours, log: recordingLog(), xeroReader, openMirror: async () => mirror },
    { gatherMs: 0 },
  );
  let runs = 0;
  return world;
}
