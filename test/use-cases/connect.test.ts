import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../server/domain/team.ts';
import { beginConsent } from '../../server/use-cases/begin-consent.ts';
import { checkConnections } from '../../server/use-cases/check-connections.ts';
import { listConnections } from '../../server/use-cases/connections.ts';
import { disconnect, previewDisconnect } from '../../server/use-cases/disconnect.ts';
import { finishConsent } from '../../server/use-cases/finish-consent.ts';
import {
  answerXero,
  type ConsentWorld,
  consentWorld,
  returnTo,
  sessionId,
  type XeroChoice,
} from '../support/consent-world.ts';
import { exporterDocument } from '../support/exporter-document.ts';

let world: ConsentWorld;
let actor: Actor;
beforeEach(async () => {
  world = consentWorld();
  actor = await world.actor();
});
afterEach(() => world.close());

const minutes = 60_000;
const organisation = (number = 0) => {
  const found = world.xero.organisations[number];
  if (!found) throw new Error('no such organisation');
  return found;
};
const connected = async (choice?: XeroChoice, who = actor) => {
  const outcome = await world.connect(who, choice);
  if (outcome.kind !== 'connected') throw new Error('not connected');
  return outcome;
};
const connectionId = async (choice?: XeroChoice, who = actor) =>
  (await connected(choice, who)).connections[0]?.id ?? '';
const connection = async (id: string) => (await world.ports.store.get('connections', id))?.data;
const statusOf = async (id: string) => (await connection(id))?.status;
const read = (id: string, path = 'Contacts') =>
  world.ports.xeroReader.read(id, { path, query: { page: '1' } }, 'manual');
const givenExporter = (id: string, connection: string, who = actor) =>
  world.ports.store.create(
    'exporters',
    id,
    exporterDocument({ teamId: who.teamId, name: id, connectionId: connection }),
  );
const exporterStatus = async (id: string) => (await world.ports.store.get('exporters', id))?.data.status;

describe('a consent at Xero', () => {
  test('gives one grant and one connection per organisation picked, read once and ready', async () => {
    const outcome = await connected({ organisations: [0, 2] });
    expect(outcome).toMatchObject({ returnTo, connections: [{ missing: [] }, { missing: [] }] });
    const { connections } = await listConnections(world.ports, actor);
    expect(connections.map(({ name }) => name).sort()).toEqual(
      [organisation(0).name, organisation(2).name].sort(),
    );
    expect(connections[0]).toMatchObject({
      status: 'active',
      connectedBy: 'Rewi Tamatea',
      exporters: 0,
      // The one look at the organisation itself.
      usage: { callsToday: 1, dayLimit: expect.any(Number), bytesThisMonth: expect.any(Number) },
      missing: [],
    });
    expect(connections[0]?.usage.bytesThisMonth).toBeGreaterThan(0);
    const first = connections.find(({ name }) => name === organisation(0).name);
    expect(first?.baseCurrency).toBe(organisation(0).baseCurrency);
    expect(JSON.parse(new TextDecoder().decode((await read(first?.id ?? '')).body))).toHaveProperty(
      'Contacts',
    );
    expect(await world.ports.store.query('grants', { limit: 10 })).toHaveLength(1);
  });

  test('asks for reading only, and sends verifier and secret home', async () => {
    await connected();
    const sent = world.asked.find(({ url }) => url.endsWith('/connect/token'));
    expect(String(sent?.body)).toMatch(/code_verifier=[\w-]{43}/);
    const grant = (await world.ports.store.query('grants', { limit: 1 }))[0]?.data;
    expect(grant?.scopes.every((scope) => !scope.startsWith('accounting.') || scope.endsWith('.read'))).toBe(
      true,
    );
  });

  test('stores no token, code, verifier or state in clear, and logs none', async () => {
    const { url } = await beginConsent(world.ports, actor, {
      provider: 'xero',
      purpose: 'connect',
      sessionId,
      returnTo,
    });
    const home = await answerXero(world.xero, url);
    await finishConsent(world.ports, actor, { sessionId, ...home });
    const sent = world.asked.filter(({ url: address }) => address.endsWith('/connect/token'));
    const form = new URLSearchParams(String(sent[0]?.body));
    const bearer = world.asked.find(({ headers }) => headers['authorization']?.startsWith('Bearer '));
    const secrets = [
      home.state,
      home.code,
      form.get('code_verifier'),
      bearer?.headers['authorization']?.slice(7),
      sessionId,
    ];
    const stored = await Promise.all(
      (['consents', 'grants', 'connections', 'leases', 'budgets'] as const).map((name) =>
        world.ports.store.query(name, { limit: 100 }),
      ),
    );
    const all = JSON.stringify([stored, world.log.entries]);
    for (const secret of secrets) {
      expect(secret).toBeTruthy();
      expect(all).not.toContain(secret);
    }
  });

  test('twice by the same person leaves one of each', async () => {
    const first = await connected();
    await world.clock.advance(minutes);
    const second = await connected({ organisations: [0, 1] });
    expect(second.grantId).toBe(first.grantId);
    expect(second.connections.map(({ id }) => id)).toContain(first.connections[0]?.id);
    expect((await listConnections(world.ports, actor)).connections).toHaveLength(2);
  });

  test('connects only what was picked this time', async () => {
    const other = await world.actor('109');
    await connected({ organisations: [1, 2] }, other);
    expect((await connected({ organisations: [0] })).connections.map(({ name }) => name)).toEqual([
      organisation(0).name,
    ]);
  });

  test('that was denied changes nothing and says where it came from', async () => {
    await expect(world.connect(actor, { decision: 'cancel' })).rejects.toMatchObject({
      code: 'CONSENT_DENIED',
      details: { returnTo },
    });
    expect(await world.ports.store.query('grants', { limit: 1 })).toEqual([]);
  });

  test('with less than was asked works, and names what is missing', async () => {
    const outcome = await connected({ withoutScope: 'accounting.payments.read' });
    const id = outcome.connections[0]?.id ?? '';
    expect(outcome.connections[0]?.missing).toEqual(['payments, prepayments and overpayments']);
    expect((await listConnections(world.ports, actor)).connections[0]?.missing).toEqual([
      'payments, prepayments and overpayments',
    ]);
    await read(id);
    await expect(read(id, 'Payments')).rejects.toMatchObject({
      code: 'SCOPE_MISSING',
      message: `Access to Payments was not given for ${organisation().name}. Reconnect Xero and allow it.`,
    });
    expect(await statusOf(id)).toBe('active');
    await world.clock.advance(minutes);
    expect((await connected()).connections[0]).toMatchObject({ id, missing: [] });
    await read(id, 'Payments');
  });

  test('without access while away is refused', async () => {
    await expect(connected({ withoutScope: 'offline_access' })).rejects.toMatchObject({
      code: 'XERO_REFUSED',
    });
  });
});

describe('the way home', () => {
  const begin = async (wish = {}) =>
    (
      await beginConsent(world.ports, actor, {
        provider: 'xero',
        purpose: 'connect',
        sessionId,
        returnTo,
        ...wish,
      })
    ).url;
  const finish = (
    home: { state: string; code?: string },
    over: { sessionId?: string } = {},
    who: Actor | null = actor,
  ) => finishConsent(world.ports, who, { provider: 'xero', sessionId, ...home, ...over });

  test('works once', async () => {
    const home = await answerXero(world.xero, await begin());
    await finish(home);
    await expect(finish(home)).rejects.toMatchObject({ code: 'CONSENT_STATE_INVALID' });
    // Refused here: Xero, which would refuse the code, is not even asked.
    expect(world.asked.filter(({ url }) => url.endsWith('/connect/token'))).toHaveLength(1);
  });

  test('works once even when it is walked twice at once', async () => {
    const home = await answerXero(world.xero, await begin());
    const outcomes = await Promise.allSettled([finish(home), finish(home), finish(home)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('is closed after ten minutes', async () => {
    const url = await begin();
    await world.clock.advance(10 * minutes);
    await expect(finish(await answerXero(world.xero, url))).rejects.toMatchObject({
      code: 'CONSENT_STATE_INVALID',
    });
  });

  test('is closed to other browsers and people, and then still open to the right one', async () => {
    const home = await answerXero(world.xero, await begin());
    const stranger = await world.actor('109');
    await expect(finish(home, { sessionId: 'browser-2' })).rejects.toMatchObject({
      code: 'CONSENT_STATE_INVALID',
    });
    await expect(finish(home, {}, stranger)).rejects.toMatchObject({ code: 'CONSENT_STATE_INVALID' });
    await expect(finish({ ...home, state: 'guessed' })).rejects.toMatchObject({
      code: 'CONSENT_STATE_INVALID',
    });
    expect((await finish(home)).kind).toBe('connected');
  });

  test('is closed to a code of another consent', async () => {
    const [mine, theirs] = [await begin(), await begin({ sessionId: 'browser-2' })];
    const { code = '' } = await answerXero(world.xero, theirs);
    const { state } = await answerXero(world.xero, mine);
    await expect(finish({ state, code })).rejects.toMatchObject({ code: 'CONSENT_STATE_INVALID' });
  });

  test('is closed to who may no longer edit', async () => {
    const home = await answerXero(world.xero, await begin());
    const team = (await world.ports.store.get('teams', actor.teamId))?.data;
    if (!team) throw new Error('no team');
    await world.ports.store.transaction(async (tx) =>
      tx.set('teams', actor.teamId, { ...team, members: [{ userId: actor.userId, role: 'viewer' }] }),
    );
    await expect(finish(home)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test.each([['//evil.example'], ['https://evil.example'], ['/\\evil.example'], ['x'], ['']])(
    'does not lead to %j',
    async (wrong) => {
      await expect(begin({ returnTo: wrong })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    },
  );

  test('is not begun by a viewer, nor for a connection of others', async () => {
    const id = await connectionId();
    const stranger = await world.actor('109');
    const wish = { provider: 'xero', purpose: 'reconnect', connectionId: id, sessionId, returnTo } as const;
    await expect(beginConsent(world.ports, stranger, wish)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(beginConsent(world.ports, { ...actor, role: 'viewer' }, wish)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(beginConsent(world.ports, null, wish)).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' });
  });
});

describe('what was removed inside Xero', () => {
  test('is found by a read, told once, and nothing is deleted', async () => {
    const [id, other] = (await connected({ organisations: [0, 1] })).connections.map((one) => one.id);
    if (!id || !other) throw new Error('two were picked');
    await givenExporter('weekly', id);
    world.xero.control.disconnect({ organisation: organisation().name });
    for (let count = 0; count < 2; count++) {
      await expect(read(id)).rejects.toMatchObject({
        code: 'NEEDS_RECONNECT',
        details: { organisation: organisation().name },
      });
    }
    expect(await statusOf(id)).toBe('needs-reconnect');
    expect(await exporterStatus('weekly')).toBe('needs-reconnect');
    expect(await world.ports.store.query('notices', { limit: 10 })).toHaveLength(1);
    await read(other);
  });

  test('is found by the regular check', async () => {
    const [id] = (await connected({ organisations: [0, 1] })).connections.map((one) => one.id);
    world.xero.control.disconnect({ organisation: organisation().name });
    const { checks } = await checkConnections(world.ports, actor);
    expect(checks.map(({ health }) => health).sort()).toEqual(['active', 'needs-reconnect']);
    expect(await statusOf(id ?? '')).toBe('needs-reconnect');
  });

  test('is not called lost when only one endpoint is closed to this user', async () => {
    const id = await connectionId();
    const forbidden = { kind: 'forbidden', count: 2, match: { path: 'Payments' } } as const;
    world.xero.control.fault(forbidden);
    await expect(read(id, 'Payments')).rejects.toMatchObject({
      code: 'XERO_PERMISSION',
      message: `The Xero user who connected ${organisation().name} may not read Payments. Reconnect as a user with access to it.`,
    });
    expect(await statusOf(id)).toBe('active');
  });

  test('comes back with a reconnect, with its exporters', async () => {
    const id = await connectionId();
    await givenExporter('weekly', id);
    await givenExporter('resting', id);
    const resting = await world.ports.store.get('exporters', 'resting');
    if (!resting) throw new Error('no exporter');
    await world.ports.store.replace('exporters', 'resting', resting.revision, {
      ...resting.data,
      status: 'paused',
    });
    world.xero.control.disconnect({ organisation: organisation().name });
    await expect(read(id)).rejects.toThrow();
    const again = await connected({ wish: { purpose: 'reconnect', connectionId: id } });
    expect(again.connections.map((one) => one.id)).toEqual([id]);
    await read(id);
    expect(await exporterStatus('weekly')).toBe('active');
    expect(await exporterStatus('resting')).toBe('paused');
  });

  test('as a whole grant takes all its organisations along, and one consent brings all back', async () => {
    const ids = (await connected({ organisations: [0, 1] })).connections.map((one) => one.id);
    world.xero.control.revokeGrant({});
    world.xero.control.expireAccessTokens({});
    await expect(read(ids[0] ?? '')).rejects.toMatchObject({ code: 'NEEDS_RECONNECT' });
    expect(await Promise.all(ids.map(statusOf))).toEqual(['needs-reconnect', 'needs-reconnect']);
    expect((await listConnections(world.ports, actor)).connections.map(({ status }) => status)).toEqual([
      'needs-reconnect',
      'needs-reconnect',
    ]);
    await connected({ organisations: [0, 1], wish: { purpose: 'reconnect', connectionId: ids[0] ?? '' } });
    expect(await Promise.all(ids.map(statusOf))).toEqual(['active', 'active']);
  });
});

describe('a reconnect', () => {
  test('of another organisation by mistake rewires nothing and leaves nothing behind', async () => {
    const id = await connectionId();
    world.xero.control.disconnect({ organisation: organisation().name });
    await expect(read(id)).rejects.toThrow();
    const before = await connection(id);
    const wrong = connected({ organisations: [1], wish: { purpose: 'reconnect', connectionId: id } });
    await expect(wrong).rejects.toMatchObject({
      code: 'CONSENT_WRONG_ORGANISATION',
      details: { chosen: organisation(1).name, wanted: organisation(0).name, returnTo },
    });
    expect(await connection(id)).toEqual(before);
    expect((await listConnections(world.ports, actor)).connections).toHaveLength(1);
    expect(world.asked.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
  });

  test('by mistake does not take away what another team reads', async () => {
    const other = await world.actor('109');
    const theirs = await connectionId({ organisations: [1] }, other);
    const id = await connectionId();
    const wrong = connected({ organisations: [1], wish: { purpose: 'reconnect', connectionId: id } });
    await expect(wrong).rejects.toMatchObject({ code: 'CONSENT_WRONG_ORGANISATION' });
    await read(theirs);
    await read(id);
  });

  test('by another Xero user moves the connection to their grant', async () => {
    const id = await connectionId();
    world.xero.control.disconnect({ organisation: organisation().name });
    await expect(read(id)).rejects.toThrow();
    const before = (await connection(id))?.grantId;
    await connected({ user: 1, wish: { purpose: 'reconnect', connectionId: id } });
    expect((await connection(id))?.grantId).not.toBe(before);
    await read(id);
  });
});

describe('a disconnect', () => {
  test('says beforehand what pauses and what is kept, by name', async () => {
    const id = await connectionId();
    await givenExporter('Weekly invoices', id);
    expect(await previewDisconnect(world.ports, actor, { connectionId: id })).toMatchObject({
      name: organisation().name,
      pauses: ['Weekly invoices'],
      keeps: expect.arrayContaining([expect.stringContaining(organisation().name)]),
    });
    expect(await statusOf(id)).toBe('active');
  });

  test('removes it at Xero, keeps the exporters, and gives up a grant without use', async () => {
    const { connections, grantId } = await connected();
    const id = connections[0]?.id ?? '';
    await givenExporter('weekly', id);
    await disconnect(world.ports, actor, { connectionId: id });
    await disconnect(world.ports, actor, { connectionId: id });
    expect(world.asked.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
    expect(await statusOf(id)).toBe('disconnected');
    expect(await exporterStatus('weekly')).toBe('needs-reconnect');
    expect((await world.ports.store.get('grants', grantId))?.data).toMatchObject({
      status: 'revoked',
      sealedRefreshToken: '',
    });
    await expect(read(id)).rejects.toMatchObject({ code: 'NEEDS_RECONNECT' });
    expect((await connected()).connections[0]?.id).toBe(id);
    expect(await exporterStatus('weekly')).toBe('active');
    await read(id);
  });

  test('that Xero could not be told of is finished by the next check', async () => {
    const [id, other] = (await connected({ organisations: [0, 1] })).connections.map((one) => one.id);
    world.xero.control.fault({ kind: 'html-502', match: { method: 'DELETE' } });
    await expect(disconnect(world.ports, actor, { connectionId: id ?? '' })).rejects.toMatchObject({
      code: 'XERO_UNAVAILABLE',
    });
    expect(await statusOf(id ?? '')).toBe('disconnected');
    await checkConnections(world.ports, actor);
    expect((await connection(id ?? ''))?.xeroConnectionId).toBe('');
    expect(world.asked.filter(({ method }) => method === 'DELETE')).toHaveLength(2);
    await read(other ?? '');
  });

  test('works with a grant that has ended', async () => {
    const id = await connectionId();
    world.xero.control.revokeGrant({});
    world.xero.control.expireAccessTokens({});
    await expect(read(id)).rejects.toThrow();
    await disconnect(world.ports, actor, { connectionId: id });
    expect(await statusOf(id)).toBe('disconnected');
  });

  test('leaves another team of the same Xero user its access', async () => {
    const other = await world.actor('109');
    const mine = await connectionId();
    const theirs = await connectionId({}, other);
    await disconnect(world.ports, actor, { connectionId: mine });
    await read(theirs);
    await disconnect(world.ports, other, { connectionId: theirs });
    expect(world.asked.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
  });

  test.each([['preview'], ['act']])('of a connection of others is NOT_FOUND (%s)', async (what) => {
    const id = await connectionId();
    const stranger = await world.actor('109');
    const attempt =
      what === 'preview'
        ? previewDisconnect(world.ports, stranger, { connectionId: id })
        : disconnect(world.ports, stranger, { connectionId: id });
    await expect(attempt).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await statusOf(id)).toBe('active');
    expect((await listConnections(world.ports, stranger)).connections).toEqual([]);
  });
});
