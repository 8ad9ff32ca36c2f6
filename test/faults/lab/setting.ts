/** What stands before anybody does anything: small books, a spreadsheet or two with things of their people in them, grants, connections, exporters. */
import { datasetById } from '../../../server/datasets/index.ts';
import { withSchedule } from '../../../server/domain/exporter-slots.ts';
import { attachOrganisations } from '../../../server/engine/access/attach-organisations.ts';
import { storeGrant } from '../../../server/engine/access/store-grant.ts';
import { RetryError } from '../../../server/errors.ts';
import type { Ports } from '../../../server/ports.ts';
import { SCOPE_WORDS } from '../../../server/sandbox/xero/oauth/scopes.ts';
import { consent, REDIRECT, token } from '../../sandbox/xero/caller.ts';
import { exporterDocument } from '../../support/exporter-document.ts';
import { seededIds, seededRandom } from '../../support/seeded-random.ts';
import type { LabWorld } from './lab-world.ts';
import { isSimple } from './record-cells.ts';

export const owner = 'amelia@harbourbooks.example';
/** Who types into the sheets; they own them, or were given them. */
export const colleague = 'ben@harbourbooks.example';

export interface Setting {
  exporters: string[];
  /** What the exporters show. */
  datasets: string[];
  spreadsheets: string[];
  organisations: string[];
  /** Teams and the Xero user through whom each reads. */
  teams: Array<{ teamId: string; user: number }>;
  googleGrantId: string;
}

type Needs = Pick<Ports, 'store' | 'clock' | 'keys' | 'random' | 'ids'>;

/** Datasets whose columns the lab reads by itself, and what its mirrors must know of them. */
const datasets = [
  'invoices',
  'contacts',
  'accounts',
  'payments',
  'bank-transactions',
  'credit-notes',
] as const;

export async function setUp(
  world: LabWorld,
  wish: { exporters?: number; organisations?: number } = {},
): Promise<Setting> {
  const { dice, xero, google, store, clock } = world;
  const ports: Needs = {
    store,
    clock: { now: clock.now, sleep: async () => undefined },
    keys: world.keys,
    random: seededRandom(world.seed),
    ids: seededIds({ now: clock.now, sleep: async () => undefined }, world.seed),
  };
  const organisations = xero.organisations.map(({ tenantId }) => tenantId);
  fillBooks(world, organisations[0] ?? '');
  if (world.plan.habits.areBooksOld) world.scheduler.skip(24 * 3_600_000);
  const teams = dice.chance(0.2)
    ? [
        { teamId: 'team', user: 0 },
        { teamId: 'other', user: 1 },
      ]
    : [{ teamId: 'team', user: 0 }];
  const connections = new Map<string, string>();
  for (const { teamId, user } of teams) {
    const attached = await connectXero(world, ports, teamId, user, organisations);
    for (const [at, id] of attached.entries()) connections.set(`${teamId} ${organisations[at]}`, id);
  }
  const googleGrants = new Map<string, string>();
  for (const { teamId } of teams) googleGrants.set(teamId, await grantGoogle(world, ports, teamId));

  const spreadsheets = Array.from({ length: dice.chance(0.7) ? 1 : 2 }, (_, at) => {
    const { spreadsheetId } = google.control.createSpreadsheet({
      owner: dice.chance(0.5) ? owner : colleague,
      editors: [owner, colleague],
      title: `Books ${at}`,
      timeZone: dice.one(['Pacific/Auckland', 'Etc/UTC', 'America/New_York']),
      tabs: [
        {
          title: 'Notes',
          rows: 12,
          columns: 4,
          values: [
            ['mine', '=1+1'],
            ['mine too', 7],
          ],
        },
      ],
    });
    return spreadsheetId;
  });
  for (const spreadsheetId of spreadsheets)
    await google.control.run({ action: 'pickFile', user: owner, spreadsheetId });

  const count = wish.exporters ?? dice.one([1, 1, 2, 3]);
  const exporters: string[] = [];
  const shown: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const { teamId } = dice.one(teams);
    const organisationId = dice.chance(0.8) ? (organisations[0] ?? '') : dice.one(organisations);
    const ownDataset = dice.one(datasets);
    const dataset = world.plan.habits.dataset ?? ownDataset;
    const id = `exporter${at}`;
    exporters.push(id);
    shown.push(dataset);
    const document = exporterDocument({
      teamId,
      organisationId,
      connectionId: connections.get(`${teamId} ${organisationId}`) ?? '',
      dataset,
      columns: columnsFor(world, dataset),
      name: `${dataset} ${at}`,
      createdAt: clock.now(),
      destination: {
        spreadsheetId: dice.one(spreadsheets),
        googleGrantId: googleGrants.get(teamId) ?? '',
        tabTitle: `Tab ${at}`,
      },
    });
    const hourly = { cadence: 'hourly', minute: dice.below(60), zone: 'Europe/London' } as const;
    const scheduled = dice.chance(0.25) && wish.exporters === undefined;
    await store.create('exporters', id, scheduled ? withSchedule(document, hourly, clock.now()) : document);
  }
  return {
    exporters,
    datasets: shown,
    spreadsheets,
    organisations,
    teams,
    googleGrantId: googleGrants.get('team') ?? '',
  };
}

/**
 * What Xero changes without a new stamp, and what documents show of other records (xero-api.md 3.1, 3.4): right after the next
 * sweep only. Without these every row must be right after the next pull.
 */
const untold = /^(DueDate|Balances\.|Contact\.|Invoice\.|Account\.|BankAccount\.|CreditNote\.)/;

/** The id always, so that rows can be told apart, and a few more. */
function columnsFor({ dice }: LabWorld, id: string): string[] {
  const { columns, key } = datasetById(id);
  const names = new Set(key ?? []);
  const known = columns.filter(
    (column) =>
      isSimple(column) && column.type !== 'instant' && column.type !== 'boolean' && !untold.test(column.path),
  );
  const chosen = known.filter(
    ({ key: name, isDefault }) => names.has(name) || (isDefault && dice.chance(0.6)),
  );
  return chosen.map(({ key: name }) => name);
}

function fillBooks({ xero, dice, seed }: LabWorld, organisation: string): void {
  const { control } = xero;
  const contacts = Array.from(
    { length: dice.between(2, 7) },
    (_, at) =>
      control.create({
        organisation,
        resource: 'contacts',
        fields: { Name: `Contact ${at}`, EmailAddress: `c${at}@example.com` },
      }).id,
  );
  for (let at = dice.between(2, 14); at > 0; at -= 1)
    control.create({
      organisation,
      resource: 'invoices',
      fields: {
        Type: dice.one(['ACCREC', 'ACCPAY']),
        ContactID: dice.one(contacts),
        Reference: `seed ${seed} ${at}`,
        LineItems: [
          {
            Description: `line ${at}`,
            Quantity: `${dice.between(1, 9)}`,
            UnitAmount: `${dice.between(1, 999)}.${dice.between(10, 99)}`,
          },
        ],
      },
    });
  control.change({ organisation, fraction: 0.01, seed: dice.below(1e6), works: ['pay'] });
}

export async function connectXero(
  world: Pick<LabWorld, 'xero' | 'clock' | 'watch' | 'scheduler'>,
  ports: Needs,
  teamId: string,
  user: number,
  organisations: readonly string[],
): Promise<string[]> {
  const { xero, clock, watch, scheduler } = world;
  const person = xero.users[user];
  if (person === undefined) throw new Error('no such user');
  // Signed on another thread.
  const { json, list } = await scheduler
    .busy(async () => {
      const scope = [...SCOPE_WORDS.keys()].join(' ');
      const code = await consent(xero, { scope, organisations: [...organisations], user: person.id });
      const answer = await token(xero, { grant_type: 'authorization_code', code, redirect_uri: REDIRECT });
      if (answer.status !== 200) throw new RetryError('XERO_UNAVAILABLE');
      const listed = await xero.handle({
        method: 'GET',
        url: 'http://127.0.0.1:1/connections',
        headers: { authorization: `Bearer ${answer.json.access_token}`, accept: 'application/json' },
      });
      if (listed.status !== 200) throw new RetryError('XERO_UNAVAILABLE');
      return { json: answer.json, list: Buffer.from(listed.body).toString() };
    })
    .catch((error: unknown) => {
      // The line was cut: the person tries again.
      if (error instanceof Error && 'code' in error && error.code === 'ECONNRESET')
        throw new RetryError('NETWORK', { problem: 'reset' }, error);
      throw error;
    });
  watch.secret(json.access_token);
  watch.secret(json.refresh_token);
  const reachable = (JSON.parse(list) as Array<Record<string, string>>).map(
    ({ id = '', tenantId = '', tenantName = '' }) => ({
      connectionId: id,
      organisationId: tenantId,
      name: tenantName,
    }),
  );
  const tokens = {
    accessToken: json.access_token,
    refreshToken: json.refresh_token,
    expiresAt: clock.now() + json.expires_in * 1000,
    scopes: [...SCOPE_WORDS.keys()],
    person: { subject: person.id, email: person.email, name: person.givenName },
    consentEventId: undefined,
  };
  const grantId = await storeGrant(ports, { teamId, provider: 'xero', person: tokens.person }, tokens);
  if (grantId === undefined) throw new Error('the consent gave no grant');
  const picked = organisations.map((wanted) => {
    const found = reachable.find(({ organisationId }) => organisationId === wanted);
    if (found === undefined) throw new Error(`${wanted} was not connected`);
    return found;
  });
  return attachOrganisations(ports, { teamId, grantId }, picked, reachable);
}

export async function grantGoogle(
  world: Pick<LabWorld, 'google' | 'clock' | 'watch'>,
  ports: Needs,
  teamId: string,
): Promise<string> {
  const { google, clock, watch } = world;
  const answer = await google.control.run({ action: 'grantTokens', user: owner });
  const { accessToken, refreshToken, expiresInSeconds, scope } = answer as Record<string, string>;
  watch.secret(String(accessToken));
  watch.secret(String(refreshToken));
  const tokens = {
    accessToken: String(accessToken),
    refreshToken: String(refreshToken),
    expiresAt: clock.now() + Number(expiresInSeconds) * 1000,
    scopes: String(scope).split(' '),
    person: { subject: '104512670381120044871', email: owner, name: 'Amelia Hart' },
    consentEventId: undefined,
  };
  const id = await storeGrant(ports, { teamId, provider: 'google', person: tokens.person }, tokens);
  if (id === undefined) throw new Error('the consent gave no grant');
  return id;
}
