/**
 * The matrix: every route × what its caller is × whose thing its ids name. Rows are made from the contract and the table of roles; a
 * route without a row does not compile, and an id that this file does not know how to make fails it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Collection } from '../../server/domain/documents.ts';
import { isAtLeast, type Role } from '../../server/domain/team.ts';
import { type ErrorCode, errorTable } from '../../server/errors.ts';
import { accessTable } from '../../server/use-cases/access-table.ts';
import type { Me } from '../../shared/contract/person.ts';
import { type Call, goodCalls, routes, send, type Things, thingsOf } from '../support/contract-calls.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { temporaryFolders } from '../support/folders.ts';
import type { Answered } from '../support/http-asker.ts';
import { amelia, ben, chloe, type ServedPerson, servedPerson } from '../support/served-person.ts';
import { type ServedWorld, servedWorld } from '../support/served-world.ts';

const folder = temporaryFolders();
let world: ServedWorld;
let member: ServedPerson;
let own: Things;
let foreign: Things;
let sessionOf: { id: string; data: never };

const callers = ['owner', 'editor', 'viewer', 'not a member', 'signed out'] as const;
type Caller = (typeof callers)[number];

/** Where each kind of id is stored: what is of the same form there, but names nothing. */
const homes: Readonly<Record<keyof Things, Collection | null>> = {
  connectionId: 'connections',
  exporterId: 'exporters',
  runId: 'runs',
  teamId: 'teams',
  userId: 'users',
  invitationId: 'invitations',
  channelId: 'channels',
  /** Google's and the link's own: not ids of ours. */
  spreadsheetId: null,
  token: null,
};
const absent: Things = {
  connectionId: '0'.repeat(32),
  exporterId: '01kwdfkd8wa8hxndsq19daa9m7',
  runId: '01kwdfkd8wa8hxndsq19daa9m8',
  teamId: '0'.repeat(32),
  userId: '0'.repeat(32),
  invitationId: '0'.repeat(64),
  channelId: '01kwdfkd8wa8hxndsq19daa9m9',
  spreadsheetId: `1${'A'.repeat(43)}`,
  token: 'A'.repeat(43),
};

interface Row {
  route: (typeof routes)[number];
  caller: Caller;
  /** Which part of the call holds which id. */
  part: 'params' | 'query' | 'body';
  name: keyof Things;
}

/** Ids of ours in a call, wherever they stand. */
const idsIn = (call: Call): Array<Pick<Row, 'part' | 'name'>> =>
  (['params', 'query', 'body'] as const).flatMap((part) =>
    Object.keys((call[part] ?? {}) as object).flatMap((name) =>
      name in homes && homes[name as keyof Things] !== null ? [{ part, name: name as keyof Things }] : [],
    ),
  );

const rows: Row[] = routes.flatMap((route) =>
  idsIn(goodCalls(absent)[route.id]).flatMap((id) => callers.map((caller) => ({ route, caller, ...id }))),
);

beforeAll(async () => {
  world = await servedWorld({ folder: folder() });
  const owner = await servedPerson(world, amelia);
  const stranger = await servedPerson(world, chloe);
  own = await thingsOf(owner);
  foreign = await thingsOf(stranger);
  member = await servedPerson(world, ben);
  // Ben is one of the team, and looks at it.
  const session = (await world.store.query('sessions', { limit: 100 })).find(
    ({ data }) => data.userId === member.me.userId,
  );
  if (session === undefined) throw new Error('no session');
  sessionOf = { id: session.id, data: { ...session.data, teamId: own.teamId } as never };
});
afterAll(() => world.close());

/** Ben's session in the team, with this role there; the team as it was. */
async function become(caller: Caller): Promise<ServedPerson | undefined> {
  const team = await world.store.get('teams', own.teamId);
  const user = await world.store.get('users', member.me.userId);
  if (team === undefined || user === undefined) throw new Error('no team');
  const isIn = caller !== 'not a member' && caller !== 'signed out';
  const members = [
    { userId: own.userId, role: 'owner' as const },
    ...(isIn ? [{ userId: member.me.userId, role: caller as Role }] : []),
  ];
  await world.store.replace('teams', team.id, team.revision, { ...team.data, members });
  await world.store.delete('sessions', sessionOf.id);
  // Who is no member asks for a team of their own.
  const teamId = isIn ? own.teamId : user.data.personalTeamId;
  await world.store.create('sessions', sessionOf.id, { ...(sessionOf.data as object), teamId } as never);
  if (caller === 'signed out') return undefined;
  // The CSRF token is the session's for this team.
  const { csrfToken } = (await member.ask('/api/v1/me')).json as Me;
  return { ...member, changing: { 'x-foliokeep-csrf': csrfToken } };
}

async function ask(caller: Caller, route: Row['route'], call: Call): Promise<Answered> {
  const person = await become(caller);
  return send(person ?? { cookies: new Map(), ask: world.ask }, route, call);
}

/** The call with this one id changed. */
const withId = ({ route, part, name }: Row, things: Things, id: string): Call => {
  const call = goodCalls(things)[route.id];
  return { ...call, [part]: { ...(call[part] as object), [name]: id } };
};

/** A thing that was the team's own a moment ago. */
async function deletedId(name: keyof Things): Promise<string> {
  const home = homes[name];
  if (home === null) throw new Error(name);
  const original = await world.store.get(home, own[name]);
  if (original === undefined) throw new Error(`${name} is not there to be copied`);
  const id = name === 'exporterId' ? '01kwdfkd8wa8hxndsq19deleted' : 'de1e7ed'.padEnd(32, '0');
  if (name === 'exporterId') {
    await world.store.delete(home, id);
    await world.store.create(home, id, { ...original.data, status: 'deleted' } as never);
  } else {
    await world.store.create(home, id, original.data);
    await world.store.delete(home, id);
  }
  return id;
}

/** All of an answer but what is new with each. */
function seen({ status, headers, cookies, text }: Answered): unknown {
  const { 'x-request-id': requestId = '', date: _date, ...others } = headers;
  const policy = (others['content-security-policy'] ?? '').replace(/'nonce-[^']+'/g, 'NONCE');
  const same = { ...others, 'content-security-policy': policy };
  return { status, cookies, headers: same, text: text.replaceAll(requestId, 'REQUEST') };
}

const isAllowed = (caller: Caller, route: Row['route']): boolean =>
  caller === 'not a member' || (caller !== 'signed out' && isAtLeast(caller, accessTable[route.id].least));

const refusal = (caller: Caller): ErrorCode => (caller === 'signed out' ? 'NOT_SIGNED_IN' : 'FORBIDDEN');

it('has a row for every id of every route', () => {
  for (const route of routes) {
    const named = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
    for (const name of named) {
      expect(Object.keys(homes), `${route.id}: no way to make ${name}`).toContain(name);
      expect(rows.some((row) => row.route.id === route.id && row.name === name)).toBe(true);
    }
    expect(accessTable[route.id], route.id).toBeDefined();
  }
  expect(new Set(rows.map(({ route }) => route.id)).size).toBeGreaterThan(15);
  expect(Object.keys(accessTable).sort()).toEqual(routes.map(({ id }) => id).sort());
});

describe.each(rows)('$route.id by $caller, $part.$name', (row) => {
  const { route, caller, name } = row;

  it('a foreign, an absent and a deleted one are one answer', async () => {
    // All else in the call is the caller's own.
    const ids = [
      foreign[name],
      absent[name],
      await deletedId(name),
      ...(caller === 'not a member' ? [own[name]] : []),
    ];
    const before = await documentsButSessions();
    const answers: Answered[] = [];
    for (const id of ids) answers.push(await ask(caller, route, withId(row, own, id)));
    const [first, ...others] = answers;
    if (first === undefined) throw new Error('no answer');
    expectProblem(first, isAllowed(caller, route) ? 'NOT_FOUND' : refusal(caller));
    for (const other of others) expect(seen(other)).toEqual(seen(first));
    expect(await documentsButSessions()).toBe(before);
  });

  it('a malformed one is refused by its form, to those who may ask', async () => {
    for (const id of ['A-B', '__proto__', 'a'.repeat(65)]) {
      const answer = await ask(caller, route, withId(row, own, id));
      expectProblem(answer, isAllowed(caller, route) ? 'INVALID_INPUT' : refusal(caller));
    }
  });
});

async function documentsButSessions(): Promise<string> {
  const all = JSON.parse(await world.documents()) as Array<[string, Array<{ revision: string }>]>;
  return JSON.stringify(
    all.map(([name, found]) => (name === 'sessions' || name === 'teams' ? [name] : [name, found])),
  );
}

/** What the team's own answers beside the route's status, because of what it is and not of who asks. */
const ownWords: { readonly [id: string]: readonly ErrorCode[] } = {
  // Connected still; nothing is to be undone.
  deleteOrganisationData: ['INVALID_INPUT'],
  undoDeletion: ['NOT_FOUND'],
  resumeExporter: ['CONFLICT', 'NEEDS_RECONNECT'],
  // Ben has no sheets of this team.
  takeOver: ['NEEDS_GOOGLE'],
  listSpreadsheets: ['NEEDS_GOOGLE'],
  createSpreadsheet: ['NEEDS_GOOGLE'],
  createExporter: ['NEEDS_GOOGLE', 'NEEDS_RECONNECT'],
  viewInvitation: ['INVITATION_OTHER_ACCOUNT'],
  acceptInvitation: ['INVITATION_OTHER_ACCOUNT'],
};

const cells = routes.flatMap((route) =>
  callers.filter((caller) => caller !== 'not a member').map((caller) => ({ route, caller })),
);

describe.each(cells)('$route.id by $caller', ({ route, caller }) => {
  it('of the team’s own is as the table says', async () => {
    const { changed, restore } = await savedTeam();
    try {
      const answer = await ask(caller, route, goodCalls(changed)[route.id]);
      if (!isAllowed(caller, route)) return void expectProblem(answer, refusal(caller));
      if (answer.status === route.status) return;
      expectProblem(answer, ...(ownWords[route.id] ?? []));
      expect(ownWords[route.id], `${route.id} answered ${answer.text}`).toBeDefined();
      expect(errorTable[(answer.json as { code: ErrorCode }).code].status).not.toBe(403);
    } finally {
      await restore();
    }
  });
});

/** Everything of the team once more when the act is over, whatever it took away. */
async function savedTeam(): Promise<{ changed: Things; restore: () => Promise<void> }> {
  const kept: Array<{ collection: Collection; id: string; data: object }> = [];
  const names: Collection[] = [
    'teams',
    'users',
    'connections',
    'exporters',
    'runs',
    'invitations',
    'grants',
    'channels',
  ];
  for (const collection of names)
    for (const { id, data } of await world.store.query(collection, { limit: 1_000 }))
      kept.push({ collection, id, data });
  return {
    changed: own,
    async restore() {
      for (const { collection, id, data } of kept) {
        await world.store.delete(collection, id);
        await world.store.create(collection, id, data as never);
      }
    },
  };
}
