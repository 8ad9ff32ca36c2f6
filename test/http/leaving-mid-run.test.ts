/** Somebody is removed while a run writes with their access: whatever it was about to do next does not happen, and it says why. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeMember } from '../../server/use-cases/members.ts';
import { temporaryFolders } from '../support/folders.ts';
import { amelia, ben, type ServedPerson, servedPerson, signIn } from '../support/served-person.ts';
import { type ServedWorld, servedWorld } from '../support/served-world.ts';

const folder = temporaryFolders();
let world: ServedWorld;
let owner: ServedPerson;
let guest: ServedPerson;
let exporterId: string;
beforeEach(async () => {
  world = await servedWorld({ folder: folder() });
  await world.work();
  owner = await servedPerson(world, amelia);
  guest = await servedPerson(world, ben);
  const [connection] = await owner.connectXero();
  ({ id: exporterId } = await owner.makeExporter(connection?.id ?? ''));
  await writeWith(guest);
});
afterEach(() => world.close());

/** The guest is a member, and what the owner's access wrote is theirs to write: the sandbox gives them the file. */
async function writeWith(person: ServedPerson): Promise<void> {
  const team = await world.store.get('teams', owner.me.team.id);
  const exporter = await world.store.get('exporters', exporterId);
  const grants = await world.store.query('grants', { limit: 10 });
  const theirs = grants.find(({ data }) => data.email === ben && data.provider === 'google');
  if (team === undefined || exporter === undefined || theirs === undefined) throw new Error('not there');
  const members = [...team.data.members, { userId: person.me.userId, role: 'editor' as const }];
  await world.store.replace('teams', team.id, team.revision, { ...team.data, members });
  const { spreadsheetId } = exporter.data.destination;
  await world.google.control.run({ action: 'share', spreadsheetId, user: ben, role: 'writer' });
  await world.google.control.run({ action: 'pickFile', user: ben, spreadsheetId });
  // Given to this team too: a grant is a team's own.
  const guests = { ...guest.changing };
  await guest.ask(`/api/v1/teams/${team.id}/switch`, { method: 'POST', headers: guests });
  await signIn(world, guest, ben);
  const me = (await guest.ask('/api/v1/me')).json as { csrfToken: string };
  const taken = await guest.ask('/api/v1/team/take-over', {
    method: 'POST',
    headers: { 'x-foliokeep-csrf': me.csrfToken },
    body: { spreadsheetId },
  });
  expect(taken.status, taken.text).toBe(200);
}

const remove = () =>
  removeMember(
    world.ports,
    { userId: owner.me.userId, teamId: owner.me.team.id, role: 'owner' },
    guest.me.userId,
  );

const places: Array<[port: 'xeroReader' | 'drive' | 'sheets', method: string]> = [
  ['xeroReader', 'read'],
  ['drive', 'version'],
  ['sheets', 'layout'],
  ['sheets', 'apply'],
];

describe.each(places)('while it is at %s.%s', (port, method) => {
  it('nothing is written, and the exporter waits for somebody else', async () => {
    const target = world.ports[port] as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    const original = target[method];
    if (original === undefined) throw new Error(method);
    let isRemoved = false;
    target[method] = async (...args) => {
      if (!isRemoved) {
        isRemoved = true;
        await remove();
      }
      return original.apply(target, args);
    };
    const run = await owner.runToEnd(exporterId);
    expect(isRemoved).toBe(true);
    expect(run).toMatchObject({ status: 'failed', error: { code: 'WRITER_LEFT' } });
    const written = world.asked.filter(
      ({ url, method: verb }) => verb === 'POST' && url.includes(':batchUpdate'),
    );
    expect(written).toEqual([]);
    expect(await owner.call('getExporter', { params: { exporterId } })).toMatchObject({
      status: 'needs-file',
      writerLeft: ben,
    });
  });
});
