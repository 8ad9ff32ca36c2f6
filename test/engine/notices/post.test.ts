/** From the move of a run to what people read: once for a state, to whom it concerns, until it arrives. */
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { newPersonNotices, personNoticesId } from '../../../server/domain/channel.ts';
import { mostAttempts } from '../../../server/domain/delivery.ts';
import { consentExpiringNotice } from '../../../server/domain/notice.ts';
import { endConnection } from '../../../server/engine/access/end-access.ts';
import { expandNotice } from '../../../server/engine/notices/expand-notice.ts';
import { postRound } from '../../../server/engine/notices/post-round.ts';
import { wakePost, withPostTasks } from '../../../server/engine/notices/post-tasks.ts';
import { raiseNotice } from '../../../server/engine/notices/raise-notice.ts';
import { sendDelivery } from '../../../server/engine/notices/send-delivery.ts';
import { RetryError, UserError } from '../../../server/errors.ts';
import type { Task } from '../../../server/ports.ts';
import { listNotices } from '../../../server/use-cases/notices.ts';
import { until } from '../../support/access-world.ts';
import { failedWith, never, noticesOn, postWorld, publicUrl, succeeded } from './post-world.ts';

test('a thousand failures of one state are one mail, and the recovery is one', async () => {
  const world = await postWorld();
  await world.connection('connection', { name: 'Fernhill Café' });
  await world.exporter('e1', { name: 'Invoices' });
  for (let time = 0; time < 1000; time += 1)
    await world.run('e1', failedWith('CELL_LIMIT', { cells: 1, limit: 2 }));
  await world.post();
  expect(world.sent.map(({ to, subject }) => ({ to, subject }))).toEqual([
    { to: 'amelia@harbour.example', subject: 'Invoices failed · Fernhill Café' },
  ]);
  expect(world.sent[0]?.text).toContain('The spreadsheet would hold 1 cells; Google allows 2.');
  expect(world.sent[0]?.text).toContain(`${publicUrl}/#exporter-e1`);
  expect(world.sent[0]?.id).toMatch(/^[0-9a-f]{32}@books\.example$/);
  await world.run('e1', succeeded);
  await world.run('e1', succeeded);
  await world.post();
  expect(world.sent.map(({ subject }) => subject)).toEqual([
    'Invoices failed · Fernhill Café',
    'Invoices works again · Fernhill Café',
  ]);
  expect((await world.notices()).map(({ kind, status }) => [kind, status]).sort()).toEqual([
    ['failed', 'closed'],
    ['recovered', 'closed'],
  ]);
});

test('what happens together is told together, and machines hear each alone', async () => {
  const world = await postWorld();
  await world.channel('hook', 'webhook');
  await world.channel('space', 'chat');
  for (let at = 0; at < 25; at += 1) await world.exporter(`e${at}`);
  for (let at = 0; at < 25; at += 1) await world.run(`e${at}`, failedWith('XERO_REFUSED', { problem: 'no' }));
  await world.post();
  expect(world.sent).toHaveLength(1);
  expect(world.sent[0]?.subject).toMatch(/^25 notices: /);
  expect(world.sent[0]?.text).toContain('And 5 more');
  const chats = world.posted.filter(({ url }) => url.startsWith('https://chat.googleapis.com/'));
  expect(chats).toHaveLength(1);
  const hooks = world.posted.filter(({ url }) => url === 'https://hooks.example/foliokeep');
  expect(hooks).toHaveLength(25);
  expect(new Set(hooks.map(({ headers }) => headers['webhook-id'])).size).toBe(25);
});

test('a webhook is signed so that its receiver can check it, says what happened, and repeats no secret', async () => {
  const world = await postWorld();
  await world.connection('connection', { name: 'Fernhill' });
  await world.channel('hook', 'webhook');
  await world.exporter('e1', { name: 'Invoices' });
  const runId = await world.run('e1', failedWith('NEEDS_FILE'));
  await world.post();
  const [{ headers, body } = { headers: {} as Record<string, string>, body: '' }] = world.posted;
  const text = String(body);
  const key = Buffer.from('Q0FOQVJZLVNFQ1JFVA==', 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${text}`;
  expect(headers['webhook-signature']).toBe(
    `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
  );
  expect(JSON.parse(text)).toEqual({
    type: 'notice.failed',
    timestamp: '2026-07-01T00:00:00.000Z',
    data: {
      id: `failed.${runId}`,
      title: 'Invoices failed',
      sentence: expect.stringContaining('no longer has access to the spreadsheet'),
      code: 'NEEDS_FILE',
      about: { kind: 'exporter', id: 'e1', name: 'Invoices' },
      organisation: 'Fernhill',
      runId,
      until: null,
      url: `${publicUrl}/#exporter-e1`,
    },
  });
  const everything = JSON.stringify([
    world.posted,
    await world.deliveries(),
    await world.notices(),
    world.log.entries,
  ]);
  expect(everything).not.toMatch(/CANARY|Q0FOQVJZ/);
});

test('names of people’s own cannot make headers, markup or a call to everybody', async () => {
  const world = await postWorld();
  await world.channel('space', 'chat');
  await world.exporter('e1', { name: 'A\r\nBcc: eve@x.example <users/all> *b* <b>"&' });
  await world.run('e1', failedWith('XERO_REFUSED', { problem: '<img src=x>' }));
  await world.post();
  expect(world.sent[0]?.subject).not.toMatch(/[\r\n]/);
  expect(world.sent[0]?.html).not.toMatch(/<b>|<img|<users/);
  const chat = JSON.parse(String(world.posted[0]?.body)) as { text: string };
  expect(chat.text).not.toContain('<');
});

test('recipients are those that the exporter names, who are still of the team and want mail', async () => {
  const world = await postWorld();
  const people = ['ben', 'vera', 'somebody-who-left'];
  await world.exporter('e1', { notices: { ...noticesOn({}), people } });
  await world.store.create('personNotices', personNoticesId('team', 'vera'), {
    ...newPersonNotices('team', 'vera'),
    hasMail: false,
  });
  await world.run('e1', failedWith('XERO_REFUSED'));
  await world.exporter('e2', { notices: noticesOn({ failed: false }) });
  await world.run('e2', failedWith('XERO_REFUSED'));
  await world.post();
  expect(world.sent.map(({ to, subject }) => [to, subject])).toEqual([
    ['ben@harbour.example', 'Exporter e1 failed'],
  ]);
  expect(await world.deliveries()).toHaveLength(1);
});

test('one who leaves between is told nothing more', async () => {
  const world = await postWorld();
  await world.exporter('e1', { createdBy: 'ben' });
  await world.run('e1', failedWith('XERO_REFUSED'));
  await postRound(world.ports, { publicUrl }, 0, never);
  const team = await world.store.get('teams', 'team');
  if (team)
    await world.store.replace('teams', 'team', team.revision, {
      ...team.data,
      members: team.data.members.filter(({ userId }) => userId !== 'ben'),
    });
  await world.clock.advance(20_000);
  await postRound(world.ports, { publicUrl }, 0, never);
  expect(world.sent).toEqual([]);
  expect((await world.deliveries()).map(({ status }) => status)).toEqual(['dropped']);
});

test('runs that end well are told to those who ask: an exporter’s people, or a channel for all', async () => {
  const world = await postWorld();
  await world.exporter('e1');
  await world.run('e1', succeeded);
  await world.exporter('e2', { notices: noticesOn({ done: true }) });
  await world.run('e2', succeeded);
  await world.post();
  expect(world.sent.map(({ subject }) => subject)).toEqual(['Exporter e2 is up to date']);
  await world.channel('hook', 'webhook', { hearsDone: true });
  await world.run('e1', succeeded);
  await world.post();
  expect(world.sent).toHaveLength(1);
  expect(world.posted.map(({ body }) => JSON.parse(String(body)).type)).toEqual(['notice.done']);
});

test('an organisation’s limit of a day is told once for all its runs, with the time when they go on', async () => {
  const world = await postWorld();
  await world.connection('connection', { name: 'Fernhill' });
  const dueAt = world.clock.now() + 5 * 3_600_000;
  for (let at = 0; at < 20; at += 1) {
    await world.exporter(`e${at}`);
    const waitingFor = { code: 'XERO_DAY_LIMIT', details: {} };
    await world.run(`e${at}`, { status: 'waiting', waitingFor, dueAt: dueAt + at });
  }
  await world.post();
  expect(world.sent.map(({ subject }) => subject)).toEqual(['Fernhill waits for Xero’s daily limit']);
  expect(world.sent[0]?.text).toContain('Work goes on by itself 1 July 2026 05:00 (UTC).');
  await world.clock.advance(6 * 3_600_000);
  await world.post();
  expect((await world.notices()).map(({ status }) => status)).toEqual(['closed']);
});

test('access that ended is told once for all exporters of the connection, and again when it was given again', async () => {
  const world = await postWorld();
  await world.connection('connection', { name: 'Fernhill' });
  for (let at = 0; at < 5; at += 1)
    await world.exporter(`e${at}`, { createdBy: at === 0 ? 'ben' : 'amelia' });
  const seen = (await world.store.get('connections', 'connection'))?.data;
  if (seen === undefined) throw new Error('the connection is gone');
  for (let time = 0; time < 2; time += 1)
    expect(await endConnection(world.ports, 'connection', seen)).toBe(true);
  for (let at = 0; at < 5; at += 1)
    await world.run(`e${at}`, failedWith('NEEDS_RECONNECT', { organisation: 'x' }));
  await world.post();
  expect(world.sent.map(({ to, subject }) => [to, subject]).sort()).toEqual([
    ['amelia@harbour.example', 'Fernhill needs to be reconnected'],
    ['ben@harbour.example', 'Fernhill needs to be reconnected'],
  ]);
  const connection = await world.store.get('connections', 'connection');
  if (connection)
    await world.store.replace('connections', 'connection', connection.revision, {
      ...connection.data,
      status: 'active',
    });
  await world.clock.advance(6 * 60_000);
  await world.post();
  await world.post();
  expect(world.sent.slice(2).map(({ subject }) => subject)).toEqual([
    'Fernhill can be read again',
    'Fernhill can be read again',
  ]);
});

test('a consent that expires is warned of once for each day that is named, to owners when no exporter speaks for it', async () => {
  const world = await postWorld();
  const grant = { id: 'grant', teamId: 'team', email: 'rewi@example.com', provider: 'xero' as const };
  const endsAt = world.clock.now() + 14 * 86_400_000;
  expect(await raiseNotice(world.ports, consentExpiringNotice(grant, endsAt, 14))).toBe(true);
  expect(await raiseNotice(world.ports, consentExpiringNotice(grant, endsAt, 14))).toBe(false);
  await world.post();
  await raiseNotice(world.ports, consentExpiringNotice(grant, endsAt, 1));
  await world.post();
  const google = { ...grant, id: 'sheets', provider: 'google' as const };
  await raiseNotice(world.ports, consentExpiringNotice(google, endsAt, 7));
  await world.post();
  expect(world.sent.map(({ to, subject }) => [to, subject])).toEqual([
    ['amelia@harbour.example', 'Access to Xero through rewi@example.com ends in 14 days'],
    ['amelia@harbour.example', 'Access to Xero through rewi@example.com ends in one day'],
    ['amelia@harbour.example', 'Google access of rewi@example.com ends in 7 days'],
  ]);
});

test('what is not taken is tried again at rising intervals under one id, and given up after three days with a trace', async () => {
  const world = await postWorld();
  await world.exporter('e1');
  const at: number[] = [];
  world.says.mail = () => {
    at.push(world.clock.now());
    throw new RetryError('DELIVERY_FAILED', { recipient: 'x', problem: 'the mail server said 451' });
  };
  await world.run('e1', failedWith('XERO_REFUSED'));
  for (let hour = 0; hour < 24 * 4 * 60; hour += 1) {
    await postRound(world.ports, { publicUrl }, 0, never);
    await world.clock.advance(60_000);
  }
  expect(at).toHaveLength(mostAttempts);
  const gaps = at.slice(1).map((time, index) => time - (at[index] ?? 0));
  expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
  expect((at.at(-1) ?? 0) - (at[0] ?? 0)).toBeGreaterThan(2.9 * 86_400_000);
  expect(await world.deliveries()).toMatchObject([
    { status: 'given-up', attempts: mostAttempts, problem: 'the mail server said 451', dueAt: null },
  ]);
});

test('what is refused for good is not tried again, and shows at its channel', async () => {
  const world = await postWorld();
  await world.channel('hook', 'webhook');
  await world.exporter('e1');
  world.says.mail = () => {
    throw new UserError('DELIVERY_REFUSED', { recipient: 'x', problem: 'the mail server said 550' });
  };
  world.says.status = 410;
  await world.run('e1', failedWith('XERO_REFUSED'));
  await world.post();
  await world.clock.advance(3_600_000);
  await world.post();
  expect((await world.deliveries()).map(({ status, attempts }) => [status, attempts])).toEqual([
    ['given-up', 1],
    ['given-up', 1],
  ]);
  expect((await world.store.get('channels', 'hook'))?.data.last).toMatchObject({
    outcome: 'given-up',
    problem: 'hooks.example answered 410',
  });
});

test('two workers at one delivery: one sends', async () => {
  const world = await postWorld();
  await world.exporter('e1');
  await world.run('e1', failedWith('XERO_REFUSED'));
  await postRound(world.ports, { publicUrl }, 0, never);
  await world.clock.advance(20_000);
  const [delivery] = await world.deliveries();
  const both = await Promise.all(
    [1, 2].map(() => sendDelivery(world.ports, { publicUrl }, delivery?.id ?? '')),
  );
  expect(both.sort()).toEqual([false, true]);
  expect(world.sent).toHaveLength(1);
});

test('a notice whose recipients are found once more, after it was sent, is sent to nobody again', async () => {
  const world = await postWorld();
  await world.channel('hook', 'webhook');
  await world.channel('space', 'chat');
  await world.exporter('e1');
  const runId = await world.run('e1', failedWith('XERO_REFUSED'));
  await world.post();
  const before = [world.sent.length, world.posted.length];
  expect(before).toEqual([1, 2]);
  const notice = await world.store.get('notices', `failed.${runId}`);
  if (notice) await expandNotice(world.ports, notice.id, notice.data);
  await world.post();
  expect([world.sent.length, world.posted.length]).toEqual(before);
});

test('what finds its recipients days late is told under an id that nothing else had, however often it is looked for', async () => {
  const world = await postWorld();
  await world.channel('space', 'chat');
  for (const id of ['e1', 'e2']) await world.exporter(id);
  await world.run('e1', failedWith('XERO_REFUSED'));
  await world.post();
  // Raised in the same minutes; the machine slept before it was told.
  const runId = await world.run('e2', failedWith('XERO_REFUSED'));
  await world.clock.advance(9 * 86_400_000);
  await world.post();
  const notice = await world.store.get('notices', `failed.${runId}`);
  if (notice) await expandNotice(world.ports, notice.id, notice.data);
  await world.post();
  expect(world.sent).toHaveLength(2);
  expect(world.posted).toHaveLength(2);
  expect(new Set(world.sent.map(({ id }) => id)).size).toBe(2);
  expect(new Set(world.posted.map(({ url }) => url)).size).toBe(2);
});

test('while the store can be read and not written, a round tries each message once', async () => {
  const world = await postWorld();
  await world.exporter('e1');
  await world.run('e1', failedWith('XERO_REFUSED'));
  await postRound(world.ports, { publicUrl }, 0, never);
  await world.clock.advance(60_000);
  const transaction = async () => {
    throw new RetryError('STORE_CONTENDED');
  };
  await postRound({ ...world.ports, store: { ...world.store, transaction } }, { publicUrl }, 1, never);
  expect(world.log.entries.filter(({ message }) => /could not be made/.test(message))).toHaveLength(1);
});

test('post is woken when something is due, goes to its own lane once, and leaves other tasks alone', async () => {
  const world = await postWorld();
  await wakePost(world.ports);
  expect(world.tasks).toEqual([]);
  await world.exporter('e1');
  await world.run('e1', failedWith('XERO_REFUSED'));
  await wakePost(world.ports);
  expect(world.tasks.map(({ payload }) => payload)).toEqual([{ post: { lane: 0 } }, { post: { lane: 1 } }]);

  let deliver: (task: Task) => Promise<void> = async () => undefined;
  const began: number[] = [];
  const others: Task[] = [];
  const release = Promise.withResolvers<void>();
  const consumer = withPostTasks(
    {
      consume(handle) {
        deliver = (task) => handle(task, 1);
        return { stop: async () => undefined };
      },
    },
    world.clock,
    async (lane, stop) => {
      began.push(lane);
      await release.promise;
      expect(stop.aborted).toBe(true);
    },
  ).consume(async (task) => void others.push(task));
  const runTask = { name: 'x', dueAt: 0, payload: { runId: 'r', seq: 1 } };
  const all = [...world.tasks, ...world.tasks, runTask].map((task) => deliver(task));
  await all.at(-1);
  await consumer.stop();
  release.resolve();
  await Promise.all(all);
  expect(began).toEqual([0, 1]);
  expect(others).toEqual([runTask]);
});

test('a round that comes before its time by our clock waits some of it out, so that it does not ask for itself again and again', async () => {
  const world = await postWorld();
  const began: number[] = [];
  let deliver = async (_task: Task): Promise<void> => undefined;
  withPostTasks(
    {
      consume(handle) {
        deliver = (task) => handle(task, 1);
        return { stop: async () => undefined };
      },
    },
    world.clock,
    async () => void began.push(world.clock.now()),
  ).consume(async () => undefined);
  const now = world.clock.now();
  const early = (ms: number) =>
    until(world.clock, deliver({ name: `early ${ms}`, dueAt: now + ms, payload: { post: { lane: 0 } } }));
  await early(2_000);
  await early(60_000);
  expect(began.map((at) => at - now)).toEqual([2_000, 7_000]);
});

test('a notice of before there was post is sent to nobody, and a store with it opens', async () => {
  const world = await postWorld();
  const before = { v: 1 as const, teamId: 'team', kind: 'needs-reconnect' as const, subject: 'connection' };
  await world.store.create('notices', 'old', { ...before, name: 'Fernhill', createdAt: 0, seenAt: null });
  await world.post();
  expect(world.sent).toEqual([]);
  const actor = { userId: 'amelia', teamId: 'team', role: 'owner' as const };
  const { notices } = await listNotices(world.ports, actor, { limit: 10 });
  expect(notices).toMatchObject([{ id: 'old', kind: 'needs-reconnect', isOpen: false }]);
});

test('a warning that access ends is over once access was renewed', async () => {
  const world = await postWorld();
  const endsAt = world.clock.now() + 7 * 86_400_000;
  const grant = { id: 'grant', teamId: 'team', email: 'rewi@example.com', provider: 'xero' as const };
  await world.store.create('grants', 'grant', {
    v: 1,
    teamId: 'team',
    provider: 'xero',
    subject: 'rewi',
    email: grant.email,
    name: 'Rewi',
    status: 'active',
    scopes: [],
    sealedAccessToken: '',
    sealedRefreshToken: '',
    accessExpiresAt: 0,
    refreshedAt: world.clock.now(),
    fencing: 0,
    endsAt,
  });
  await raiseNotice(world.ports, consentExpiringNotice(grant, endsAt, 7));
  await world.clock.advance(600_000);
  await world.post();
  expect((await world.notices()).map(({ status }) => status)).toEqual(['open']);
  const stored = await world.store.get('grants', 'grant');
  if (stored)
    await world.store.replace('grants', 'grant', stored.revision, { ...stored.data, endsAt: endsAt + 1e9 });
  await world.clock.advance(600_000);
  await world.post();
  expect((await world.notices()).map(({ status }) => status)).toEqual(['closed']);
});

test('what is over is deleted in its time, and what is open stays', async () => {
  const world = await postWorld();
  await world.exporter('e1', { notices: noticesOn({ done: true }) });
  await world.exporter('e2');
  await world.run('e1', succeeded);
  await world.run('e2', failedWith('XERO_REFUSED'));
  await world.post();
  expect([(await world.notices()).length, (await world.deliveries()).length]).toEqual([2, 1]);
  await world.clock.advance(8 * 86_400_000);
  await world.post();
  expect((await world.notices()).map(({ kind }) => kind)).toEqual(['failed']);
  expect(await world.deliveries()).toEqual([]);
  await world.run('e2', succeeded);
  await world.post();
  await world.clock.advance(181 * 86_400_000);
  await world.post();
  expect(await world.notices()).toEqual([]);
});
