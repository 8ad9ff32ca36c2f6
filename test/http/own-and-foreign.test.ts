/** Whose things are whose: another team's answers as what never was, and a viewer changes nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../server/domain/team.ts';
import { accessTable } from '../../server/use-cases/access-table.ts';
import {
  type Call,
  type Calls,
  goodCalls,
  pathOf,
  routes,
  send,
  type Things,
  thingsOf,
} from '../support/contract-calls.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { temporaryFolders } from '../support/folders.ts';
import type { Answered } from '../support/http-asker.ts';
import { amelia, chloe, type ServedPerson, servedPerson } from '../support/served-person.ts';
import { type ServedWorld, servedWorld } from '../support/served-world.ts';

const folder = temporaryFolders();
let world: ServedWorld;
let owner: ServedPerson;
let stranger: ServedPerson;
let own: Things;
let strangers: Things;
/** Ids of the same form that name nothing. */
const absent: Things = {
  connectionId: '0'.repeat(32),
  exporterId: '01kwdfkd8wa8hxndsq19daa9m7',
  runId: '01kwdfkd8wa8hxndsq19daa9m8',
  spreadsheetId: `1${'A'.repeat(43)}`,
  teamId: '0'.repeat(32),
  userId: '0'.repeat(32),
  invitationId: '0'.repeat(64),
  channelId: '01kwdfkd8wa8hxndsq19daa9m9',
  token: 'A'.repeat(43),
};
beforeAll(async () => {
  world = await servedWorld({ folder: folder() });
  owner = await servedPerson(world, amelia);
  stranger = await servedPerson(world, chloe);
  own = await thingsOf(owner);
  strangers = await thingsOf(stranger);
});
afterAll(() => world.close());

/** All of an answer but what is new with each. */
function seen({ status, headers, cookies, text }: Answered): unknown {
  const { 'x-request-id': requestId = '', date: _date, ...others } = headers;
  const policy = (others['content-security-policy'] ?? '').replace(/'nonce-[^']+'/g, 'NONCE');
  const same = { ...others, 'content-security-policy': policy };
  return { status, cookies, headers: same, text: text.replaceAll(requestId, 'REQUEST') };
}

const withIds = routes.filter(({ params }) => params !== null);
const changes = routes.filter(({ id }) => accessTable[id].least !== 'viewer');

describe.each(withIds)('$id', (route) => {
  it('answers a stranger as if the thing had never been', async () => {
    const before = await world.documents();
    // Spreadsheets and connections in the body are the stranger's own: only the id in the address differs.
    const [foreign, none] = [own, absent].map((things) => ({
      ...goodCalls(strangers)[route.id],
      params: goodCalls(things)[route.id].params,
    }));
    const answers = [foreign, none].map((call) => send(stranger, route, call as Call));
    const [toForeign, toNone] = await Promise.all(answers);
    if (toForeign === undefined || toNone === undefined) throw new Error('no answer');
    expectProblem(toForeign, 'NOT_FOUND');
    expect(seen(toForeign)).toEqual(seen(toNone));
    expect(await world.documents()).toBe(before);
  });
});

describe('an id in a body or a query', () => {
  const bodies: Array<[keyof Calls, keyof Things]> = [
    ['beginConsent', 'connectionId'],
    ['createExporter', 'connectionId'],
    ['createExporter', 'spreadsheetId'],
    ['previewRows', 'connectionId'],
  ];
  it.each(bodies)('%s: a foreign %s is like none', async (id, field) => {
    const route = routes.find((one) => one.id === id);
    if (route === undefined) throw new Error(id);
    const before = await world.documents();
    const [foreign, none] = await Promise.all(
      [own, absent].map((things) =>
        send(stranger, route, goodCalls({ ...strangers, [field]: things[field] })[id]),
      ),
    );
    if (foreign === undefined || none === undefined) throw new Error('no answer');
    expectProblem(foreign, field === 'spreadsheetId' ? 'NEEDS_FILE' : 'NOT_FOUND');
    expect(seen(foreign)).toEqual(seen(none));
    expect(await world.documents()).toBe(before);
  });

  it('a list of another’s spreadsheet is empty', async () => {
    const { exporters } = await stranger.call('listExporters', {
      query: { spreadsheetId: own.spreadsheetId },
    });
    expect(exporters).toEqual([]);
  });

  it('a reconnect of another’s connection does not begin', async () => {
    const ends = [];
    for (const { connectionId } of [own, absent]) {
      const { headers } = await stranger.ask(`/oauth/xero/start?connection=${connectionId}`);
      expect(headers['location']).toBe('/oauth/done');
      const { status, text } = await stranger.ask('/oauth/done');
      ends.push({ status, text: text.replace(/nonce="[^"]+"/g, 'NONCE') });
    }
    expect(ends[0]).toMatchObject({ status: 404 });
    expect(ends[0]).toEqual(ends[1]);
  });

  it('lists show a team its own things only', async () => {
    for (const [person, things] of [
      [owner, own],
      [stranger, strangers],
    ] as const) {
      const { connections } = await person.call('listConnections', {});
      expect(connections.map(({ id }) => id)).toEqual([things.connectionId]);
      const { exporters } = await person.call('listExporters', {});
      expect(exporters.map(({ id }) => id)).toEqual([things.exporterId]);
    }
  });
});

describe('a viewer', () => {
  async function become(role: Role): Promise<void> {
    const team = await world.store.get('teams', owner.me.team.id);
    if (team === undefined) throw new Error('no team');
    const members = team.data.members.map((member) => ({ ...member, role }));
    await world.store.replace('teams', team.id, team.revision, { ...team.data, members });
  }

  it('reads everything and changes nothing, from the next request on', async () => {
    await become('viewer');
    const before = await world.documents();
    const calls = goodCalls(own);
    const asked = world.asked.length;
    for (const route of changes) expectProblem(await send(owner, route, calls[route.id]), 'FORBIDDEN');
    expect(world.asked.length).toBe(asked);
    for (const route of routes.filter(
      ({ id, method }) => method === 'GET' && accessTable[id].least === 'viewer',
    ))
      expect((await send(owner, route, calls[route.id])).status, pathOf(route, calls[route.id])).toBe(200);
    const { headers } = await owner.ask('/oauth/xero/start');
    expect(headers['location']).toBe('/oauth/done');
    expect((await owner.ask('/oauth/done')).status).toBe(403);
    expect(await world.documents()).toBe(before);
  });

  it('who is an editor changes things but deletes no data', async () => {
    await become('editor');
    const route = (id: keyof Calls) => routes.find((one) => one.id === id) ?? routes[0];
    const calls = goodCalls(own);
    const send1 = async (id: keyof Calls) => {
      const found = route(id);
      if (found === undefined) throw new Error(id);
      return send(owner, found, calls[id]);
    };
    expectProblem(await send1('deleteOrganisationData'), 'FORBIDDEN');
    expect((await send1('editExporter')).status).toBe(200);
  });
});
