/** How many requests are answered, how large they may be, and how slow: what one caller takes, others do not lose. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeOf } from '../../server/http/request-limits.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { temporaryFolders } from '../support/folders.ts';
import { amelia, ben, type ServedPerson, servedPerson } from '../support/served-person.ts';
import { type ServedWorld, servedWorld } from '../support/served-world.ts';

const folder = temporaryFolders();

describe('requests', () => {
  let world: ServedWorld;
  let person: ServedPerson;
  let colleague: ServedPerson;
  const most = { person: 40, team: 60, address: 80, signIn: 12 };
  beforeAll(async () => {
    world = await servedWorld({
      folder: folder(),
      environment: {
        FOLIOKEEP_REQUESTS_PERSON: String(most.person),
        FOLIOKEEP_REQUESTS_TEAM: String(most.team),
        FOLIOKEEP_REQUESTS_ADDRESS: String(most.address),
        FOLIOKEEP_REQUESTS_SIGN_IN: String(most.signIn),
      },
    });
    person = await servedPerson(world, amelia);
    colleague = await servedPerson(world, ben);
  });
  afterAll(() => world.close());

  it('to sign in, consent or join are fewer, of one person and of one address', async () => {
    const start = (who: ServedPerson) =>
      who.ask('/api/v1/connections/consent', { method: 'POST', headers: who.changing, body: {} });
    const answers = [];
    for (let sent = 0; sent < most.signIn + 3; sent += 1) answers.push(await start(person));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(most.signIn);
    expect((await start(colleague)).status).toBe(201);
    // People stand at these addresses: they are told on a page.
    let ended = '';
    for (let sent = 0; sent < most.signIn + 1 && ended === ''; sent += 1) {
      const { headers } = await world.ask('/oauth/google/start');
      if (headers['location'] === '/oauth/done') ended = headers['location'];
    }
    expect(ended).toBe('/oauth/done');
  });

  it('of one person end for that person, with the time to wait', async () => {
    let last = await person.ask('/api/v1/me');
    for (let sent = 0; sent <= most.person && last.status === 200; sent += 1)
      last = await person.ask('/api/v1/me');
    const { detail } = expectProblem(last, 'TOO_MANY_REQUESTS');
    expect(last.status).toBe(429);
    const seconds = Number(last.headers['retry-after']);
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(detail).toMatch(/^Too many requests at once\. Wait \d+ seconds, then repeat\.$/);
    expect((await colleague.ask('/api/v1/me')).status).toBe(200);
  });

  it('of strangers end for their address, and not for those who are signed in', async () => {
    let last = await world.ask('/api/v1/me');
    for (let sent = 0; sent <= most.address && last.status === 401; sent += 1)
      last = await world.ask(sent % 2 === 0 ? '/api/v1/me' : '/api/v1/exporters');
    expectProblem(last, 'TOO_MANY_REQUESTS');
    expectProblem(await world.ask('/nothing'), 'TOO_MANY_REQUESTS');
    expect((await colleague.ask('/api/v1/me')).status).toBe(200);
    expect((await world.ask('/health')).status).toBe(200);
  });

  it('of a whole team end for the team', async () => {
    const team = await world.store.get('teams', colleague.me.team.id);
    if (team === undefined) throw new Error('no team');
    let refused = 0;
    for (let one = 0; one < 3; one += 1) {
      // Another person of the same team each time.
      const userId = `person${one}`;
      await world.store.create('users', userId, {
        ...{ v: 1, googleSub: userId, email: `${userId}@example.com`, name: userId, createdAt: 0 },
        personalTeamId: team.id,
      });
      const present = await world.store.get('teams', team.id);
      const members = [...(present?.data.members ?? []), { userId, role: 'viewer' as const }];
      await world.store.replace('teams', team.id, present?.revision ?? '', { ...team.data, members });
      const [session] = (await world.store.query('sessions', { limit: 100 })).filter(
        ({ data }) => data.userId === colleague.me.userId || data.userId.startsWith('person'),
      );
      if (session === undefined) throw new Error('no session');
      await world.store.replace('sessions', session.id, session.revision, { ...session.data, userId });
      for (let sent = 0; sent < 30; sent += 1)
        if ((await colleague.ask('/api/v1/me')).status === 429) refused += 1;
    }
    expect(refused).toBeGreaterThan(10);
  });
});

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s counts as %s', (address, place) => {
  expect(placeOf(address)).toBe(place);
});

/** Nothing when the connection was reset before it was read. */
const letGo = /^(HTTP\/1\.1 408 Request Timeout)?$/;

it('a slow caller is answered 408 and let go, and one who says nothing more is let go', async () => {
  const script = fileURLToPath(new URL('../support/slow-callers.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script]);
  expect(JSON.parse(stdout)).toEqual({
    headers: expect.stringMatching(letGo),
    body: expect.stringMatching(letGo),
    nothing: 'HTTP/1.1 200 OK',
  });
}, 60_000);
