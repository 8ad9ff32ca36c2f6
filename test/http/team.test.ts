/** A team of several people: invited by a link, with roles, leaving with their consents, and looking at one team of many. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasEnded } from '../../server/domain/run.ts';
import type { Me } from '../../shared/contract/person.ts';
import type { Role } from '../../shared/contract/team.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { temporaryFolders } from '../support/folders.ts';
import {
  amelia,
  ben,
  browserOf,
  chloe,
  type ServedPerson,
  servedPerson,
  signIn,
} from '../support/served-person.ts';
import { type ServedWorld, servedWorld } from '../support/served-world.ts';

const folder = temporaryFolders();
let world: ServedWorld;
let owner: ServedPerson;
const mails: Array<{ to: string; subject: string; text: string }> = [];
beforeEach(async () => {
  mails.length = 0;
  world = await servedWorld({ folder: folder(), mail: { send: async (mail) => void mails.push(mail) } });
  owner = await servedPerson(world, amelia);
});
afterEach(() => world.close());

const tokenOf = (link: string): string => link.split('#invitation=')[1] ?? '';

async function invited(email: string, role: Role = 'editor'): Promise<string> {
  const { link } = await owner.call('inviteMember', { body: { email, role } });
  return tokenOf(link);
}

const post = (person: ServedPerson, path: string, body?: object) =>
  person.ask(path, { method: 'POST', headers: person.changing, ...(body === undefined ? {} : { body }) });

/** Signed in, and joined; the CSRF token is that of the new team. */
async function joined(email: string, role: Role = 'editor'): Promise<ServedPerson> {
  const person = await servedPerson(world, email);
  const token = await invited(email, role);
  expect((await post(person, '/api/v1/invitations/accept', { token })).status).toBe(204);
  const me = (await person.ask('/api/v1/me')).json as Me;
  person.changing['x-foliokeep-csrf'] = me.csrfToken;
  return { ...person, me };
}

describe('an invitation', () => {
  it('lets the invited account join, with the role, once', async () => {
    const guest = await servedPerson(world, ben);
    const { invitation, link, isMailed } = await owner.call('inviteMember', {
      body: { email: ` ${ben.toUpperCase()} `, role: 'editor' },
    });
    expect(invitation).toMatchObject({ email: ben, role: 'editor' });
    expect(isMailed).toBe(true);
    expect(mails).toMatchObject([{ to: ben, text: expect.stringContaining(link) }]);
    expect(link).toMatch(/^http:\/\/localhost:8080\/#invitation=[\w-]{43}$/);
    const token = tokenOf(link);
    const offer = await guest.call('viewInvitation', { body: { token } });
    expect(offer).toMatchObject({ role: 'editor', invitedBy: owner.me.name });
    expect((await owner.call('getTeam', {})).invitations).toHaveLength(1);

    expect((await post(guest, '/api/v1/invitations/accept', { token })).status).toBe(204);
    const me = (await guest.ask('/api/v1/me')).json as Me;
    expect(me.team).toMatchObject({ id: owner.me.team.id, role: 'editor' });
    expect(me.csrfToken).not.toBe(guest.me.csrfToken);
    const team = await owner.call('getTeam', {});
    expect(team.members.map(({ email, role }) => [email, role])).toEqual([
      [amelia, 'owner'],
      [ben, 'editor'],
    ]);
    expect(team.invitations).toEqual([]);

    // Somebody who finds the link afterwards.
    const late = await servedPerson(world, chloe);
    expectProblem(await post(late, '/api/v1/invitations/accept', { token }), 'INVITATION_INVALID');
  });

  it('is for the account with its address alone', async () => {
    const token = await invited(ben);
    const other = await servedPerson(world, chloe);
    for (const path of ['/api/v1/invitations/view', '/api/v1/invitations/accept'])
      expectProblem(await post(other, path, { token }), 'INVITATION_OTHER_ACCOUNT');
    expect((await owner.call('getTeam', {})).members).toHaveLength(1);
  });

  it('works no more once it was withdrawn, replaced, has expired, or its owner is none', async () => {
    const guest = await servedPerson(world, ben);
    const accept = (token: string) => post(guest, '/api/v1/invitations/accept', { token });
    const replaced = await invited(ben);
    const withdrawn = await invited(ben, 'viewer');
    expectProblem(await accept(replaced), 'INVITATION_INVALID');
    const [open] = (await owner.call('getTeam', {})).invitations;
    await owner.call('revokeInvitation', { params: { invitationId: open?.id ?? '' } });
    expectProblem(await accept(withdrawn), 'INVITATION_INVALID');
    const old = await invited(ben);
    const team = await world.store.get('teams', owner.me.team.id);
    if (team === undefined) throw new Error('no team');
    await world.store.replace('teams', team.id, team.revision, {
      ...team.data,
      members: [{ userId: owner.me.userId, role: 'editor' }],
    });
    expectProblem(await accept(old), 'INVITATION_INVALID');
    const back = await world.store.get('teams', owner.me.team.id);
    await world.store.replace('teams', team.id, back?.revision ?? '', team.data);
    world.clock.advance(7 * 24 * 3_600_000);
    await signIn(world, guest, ben);
    guest.changing['x-foliokeep-csrf'] = ((await guest.ask('/api/v1/me')).json as Me).csrfToken;
    expectProblem(await accept(old), 'INVITATION_INVALID');
  });

  it('is found in no document but as a hash', async () => {
    const token = await invited(ben);
    expect(await world.allDocuments()).not.toContain(token);
  });

  it('takes one address, and nobody who is a member', async () => {
    for (const email of [
      '',
      'x',
      'a@b@c',
      'a@b\nBcc: d@e',
      'a b@c',
      '<a@b>',
      amelia,
      `${'a'.repeat(260)}@b`,
    ]) {
      const answer = await post(owner, '/api/v1/team/invitations', { email, role: 'viewer' });
      expect(expectProblem(answer, 'INVALID_INPUT').field, email).toBe('email');
    }
    expect(mails).toEqual([]);
  });
});

describe('a member', () => {
  it('is shown to all, changed by owners, and felt at once', async () => {
    const guest = await joined(ben, 'viewer');
    expectProblem(
      await guest.ask('/api/v1/team', { method: 'PATCH', headers: guest.changing, body: { name: 'Mine' } }),
      'FORBIDDEN',
    );
    await owner.call('changeRole', { params: { userId: guest.me.userId }, body: { role: 'owner' } });
    await owner.call('renameTeam', { body: { name: 'Harbour Books' } });
    const renamed = await guest.ask('/api/v1/team', {
      method: 'PATCH',
      headers: guest.changing,
      body: { name: 'Harbour & Co' },
    });
    expect(renamed.json).toMatchObject({ name: 'Harbour & Co' });
  });

  it('who is the last owner stays one', async () => {
    const { userId } = owner.me;
    for (const answer of [
      await owner.ask(`/api/v1/team/members/${userId}`, { method: 'DELETE', headers: owner.changing }),
      await owner.ask(`/api/v1/team/members/${userId}`, {
        method: 'PATCH',
        headers: owner.changing,
        body: { role: 'viewer' },
      }),
      await post(owner, '/api/v1/team/leave'),
    ])
      expectProblem(answer, 'LAST_OWNER');
    await joined(ben, 'owner');
    expect((await post(owner, '/api/v1/team/leave')).status).toBe(204);
  });

  it('who was removed is out with the next request, and has a team of their own', async () => {
    const guest = await joined(ben);
    await owner.call('removeMember', { params: { userId: guest.me.userId } });
    expectProblem(await guest.ask('/api/v1/me'), 'NOT_SIGNED_IN');
    const back = browserOf(world);
    await signIn(world, back, ben);
    const me = (await back.ask('/api/v1/me')).json as Me;
    expect(me.userId).toBe(guest.me.userId);
    expect(me.team.id).not.toBe(owner.me.team.id);
  });
});

describe('a person of several teams', () => {
  it('looks at one, and at the same one after signing in again', async () => {
    const guest = await joined(ben);
    const teams = await guest.ask('/api/v1/teams');
    expect(teams.json).toMatchObject({ teams: [{ isCurrent: true }, { isCurrent: false }] });
    const own = (teams.json as { teams: Array<{ id: string; isCurrent: boolean }> }).teams.find(
      ({ isCurrent }) => !isCurrent,
    );
    expect((await post(guest, `/api/v1/teams/${own?.id}/switch`)).status).toBe(204);
    // The token of before is worth nothing.
    expectProblem(await post(guest, `/api/v1/teams/${own?.id}/switch`), 'CREDENTIAL_REFUSED');
    expect((await guest.ask('/api/v1/me')).json).toMatchObject({ team: { id: own?.id, role: 'owner' } });
    const again = browserOf(world);
    await signIn(world, again, ben);
    expect((await again.ask('/api/v1/me')).json).toMatchObject({ team: { id: own?.id } });
  });
});

describe('what a member gave', () => {
  async function atWork(): Promise<{ guest: ServedPerson; exporterId: string; spreadsheetId: string }> {
    await world.work();
    const guest = await joined(ben);
    // Sheets and Xero are given to the team anew.
    const { headers } = await guest.ask('/oauth/google/start');
    expect(headers['location']).toContain('accounts.google.com');
    await signIn(world, guest, ben);
    const [connection] = await owner.connectXero();
    const { id: spreadsheetId } = (await post(guest, '/api/v1/spreadsheets', { title: 'Books' })).json as {
      id: string;
    };
    const made = await post(guest, '/api/v1/exporters', {
      name: 'Contacts',
      connectionId: connection?.id,
      dataset: 'contacts',
      destination: { spreadsheetId },
    });
    return { guest, exporterId: (made.json as { id: string }).id, spreadsheetId };
  }

  it('is named beforehand, and stops with them at once, with the reason', async () => {
    const { guest, exporterId } = await atWork();
    expect((await owner.runToEnd(exporterId)).status).toBe('succeeded');
    const departure = await owner.call('previewDeparture', { params: { userId: guest.me.userId } });
    expect(departure).toEqual({ name: 'Ben Okafor', exporters: ['Contacts'], organisations: [] });
    await owner.call('removeMember', { params: { userId: guest.me.userId } });
    const exporter = await owner.call('getExporter', { params: { exporterId } });
    expect(exporter.status).toBe('needs-file');
    const asked = world.asked.filter(({ url }) => url.includes('sheets.googleapis.com')).length;
    const run = await owner.runToEnd(exporterId);
    expect(run).toMatchObject({ status: 'failed', error: { code: 'WRITER_LEFT', button: 'Take over' } });
    expect(run.error?.sentence).toContain(ben);
    expect(world.asked.filter(({ url }) => url.includes('sheets.googleapis.com'))).toHaveLength(asked);
    const [grant] = (await world.store.query('grants', { limit: 100 })).filter(
      ({ data }) => data.email === ben && data.teamId === owner.me.team.id,
    );
    expect(grant?.data).toMatchObject({ status: 'revoked', sealedRefreshToken: '', sealedAccessToken: '' });
  });

  it('is taken over once the next person’s own access reaches the file', async () => {
    const { guest, exporterId, spreadsheetId } = await atWork();
    await owner.call('removeMember', { params: { userId: guest.me.userId } });
    expectProblem(await post(owner, '/api/v1/team/take-over', { spreadsheetId }), 'NEEDS_FILE');
    expect((await owner.call('getExporter', { params: { exporterId } })).status).toBe('needs-file');
    await world.google.control.run({ action: 'share', spreadsheetId, user: amelia, role: 'writer' });
    await world.google.control.run({ action: 'pickFile', user: amelia, spreadsheetId });
    expect(await owner.call('takeOver', { body: { spreadsheetId } })).toEqual({ exporters: ['Contacts'] });
    expect((await owner.call('getExporter', { params: { exporterId } })).status).toBe('active');
    expect((await owner.runToEnd(exporterId)).status).toBe('succeeded');
  });

  it('ends a run under way before its next effect', async () => {
    const { guest, exporterId } = await atWork();
    const run = await owner.call('startRun', { params: { exporterId }, body: {} });
    await owner.call('removeMember', { params: { userId: guest.me.userId } });
    const ended = await owner.call('getRun', { params: { runId: run.id } });
    expect(hasEnded(ended)).toBe(true);
    if (ended.status !== 'succeeded') expect(ended.error?.code).toBe('WRITER_LEFT');
  });

  it('at Xero ends too: the organisation asks for somebody else’s consent', async () => {
    const guest = await joined(ben, 'owner');
    await owner.connectXero();
    await owner.call('changeRole', { params: { userId: guest.me.userId }, body: { role: 'owner' } });
    expect((await post(owner, '/api/v1/team/leave')).status).toBe(204);
    const connections = (await guest.ask('/api/v1/connections')).json;
    expect(connections).toMatchObject({ connections: [{ status: 'needs-reconnect' }] });
  });
});
