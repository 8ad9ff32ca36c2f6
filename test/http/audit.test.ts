/** The audit: one entry for each privileged act, done or refused, and no way to alter one unseen. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../server/domain/audit.ts';
import { accessTable } from '../../server/use-cases/access-table.ts';
import { goodCalls, routes, send, type Things, thingsOf } from '../support/contract-calls.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { temporaryFolders } from '../support/folders.ts';
import { amelia, ben, type ServedPerson, servedPerson } from '../support/served-person.ts';
import { type ServedWorld, servedWorld } from '../support/served-world.ts';

const folder = temporaryFolders();
let world: ServedWorld;
let owner: ServedPerson;
let things: Things;
beforeAll(async () => {
  world = await servedWorld({ folder: folder() });
  owner = await servedPerson(world, amelia);
  things = await thingsOf(owner);
});
afterAll(() => world.close());

async function entries(): Promise<AuditEntry[]> {
  const found = await world.store.query('audit', {
    where: [{ field: 'teamId', op: '==', value: owner.me.team.id }],
    orderBy: { field: 'number', direction: 'asc' },
    limit: 1_000,
  });
  return found.map(({ data }) => data);
}

async function newBy(act: () => Promise<unknown>): Promise<AuditEntry[]> {
  const before = (await entries()).length;
  await act();
  return (await entries()).slice(before);
}

async function become(role: 'owner' | 'viewer'): Promise<void> {
  const team = await world.store.get('teams', owner.me.team.id);
  if (team === undefined) throw new Error('no team');
  const members = [{ userId: owner.me.userId, role }];
  await world.store.replace('teams', team.id, team.revision, { ...team.data, members });
}

const privileged = routes.filter(({ id }) => accessTable[id].act !== null);

it('tells of signing in, of what was given, connected and made, and by whom', async () => {
  const acts = (await entries()).map(({ act, actor, outcome }) => [act, actor, outcome]);
  const { userId } = owner.me;
  expect(acts.slice(0, 7)).toEqual([
    ['grant-google', userId, 'done'],
    ['sign-in', userId, 'done'],
    ['connect', userId, 'done'],
    ['create-spreadsheet', userId, 'done'],
    ['create-exporter', userId, 'done'],
    ['run-exporter', userId, 'done'],
    ['invite', userId, 'done'],
  ]);
});

describe.each(privileged.filter(({ id }) => id !== 'signOut' && id !== 'leaveTeam'))('$id', (route) => {
  const { act } = accessTable[route.id];

  it('refused for a role is one entry, and says so', async () => {
    if (accessTable[route.id].least === 'viewer') return;
    await become('viewer');
    try {
      const made = await newBy(async () =>
        expectProblem(await send(owner, route, goodCalls(things)[route.id]), 'FORBIDDEN'),
      );
      expect(made).toMatchObject([{ act, outcome: 'refused', code: 'FORBIDDEN', actor: owner.me.userId }]);
    } finally {
      await become('owner');
    }
  });

  it('done or not possible is one entry', async () => {
    const made = await newBy(() => send(owner, route, goodCalls(things)[route.id]));
    expect(made).toHaveLength(1);
    expect(made[0]).toMatchObject({ act, actor: owner.me.userId });
    expect(['done', 'refused']).toContain(made[0]?.outcome);
  });
});

it('what could not be read as a request is no act', async () => {
  expect(
    await newBy(() =>
      owner.ask('/api/v1/exporters', { method: 'POST', headers: owner.changing, body: { a: 1 } }),
    ),
  ).toEqual([]);
});

describe('for owners', () => {
  it('is shown newest first, a page at a time, each once', async () => {
    const seen: number[] = [];
    let after: string | undefined;
    do {
      const page = await owner.call('listAudit', {
        query: { limit: 7, ...(after === undefined ? {} : { after }) },
      });
      seen.push(...page.entries.map(({ number }) => number));
      after = page.next ?? undefined;
    } while (after !== undefined);
    const all = await entries();
    expect(seen).toEqual(all.map(({ number }) => number).reverse());
  });

  it('is downloaded as it is stored', async () => {
    const { lines, next } = await owner.call('downloadAudit', { body: {} });
    expect(next).toBeNull();
    const read = lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { hash: string; at: string });
    const all = await entries();
    expect(read.map(({ hash }) => hash)).toEqual(all.slice(0, read.length).map(({ hash }) => hash));
    expect(read[0]?.at).toMatch(/^\d{4}-.*Z$/);
  });

  it('holds no name, address or secret of anybody', async () => {
    const { lines } = await owner.call('downloadAudit', { body: {} });
    for (const text of [amelia, ben, 'Demo Company', 'Contacts', 'someone@example.com', things.token])
      expect(lines).not.toContain(text);
  });

  it('shows whichever entry was altered, removed or added', async () => {
    expect(await owner.call('verifyAudit', {})).toMatchObject({ isWhole: true, problem: null });
    const found = await world.store.query('audit', { limit: 1_000 });
    for (const { id, data } of found.filter((_, at) => at % 5 === 0)) {
      const present = await world.store.get('audit', id);
      await world.store.replace('audit', id, present?.revision ?? '', { ...data, actor: 'somebody' });
      expect(await owner.call('verifyAudit', {})).toMatchObject({
        isWhole: false,
        problem: `entry ${data.number} was altered`,
      });
      await world.store.delete('audit', id);
      expect((await owner.call('verifyAudit', {})).problem).toContain(`entry ${data.number} is missing`);
      await world.store.create('audit', id, data);
    }
    expect((await owner.call('verifyAudit', {})).isWhole).toBe(true);
  });
});
