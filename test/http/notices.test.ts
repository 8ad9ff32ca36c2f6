/** Notices from a failed run to real receivers: a mail server and a webhook of this machine, and what the API says of it. */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicNetwork } from '../../server/embedded/public-network.ts';
import { smtpMail } from '../../server/embedded/smtp-mail.ts';
import { wakePost } from '../../server/engine/notices/post-tasks.ts';
import { ApiError } from '../../shared/client.ts';
import type { ChannelView } from '../../shared/contract/channel.ts';
import { temporaryFolders } from '../support/folders.ts';
import { type MailServer, mailServer } from '../support/mail-server.ts';
import { amelia, ben, type ServedPerson, servedPerson } from '../support/served-person.ts';
import { type ServedWorld, servedWorld } from '../support/served-world.ts';

const folder = temporaryFolders();
const got: Array<{ headers: IncomingHttpHeaders; body: string }> = [];
let status = 204;
const receiver = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    got.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(status).end();
  });
});
let mails: MailServer;
let world: ServedWorld;
let person: ServedPerson;
let channel: ChannelView;
let secret: string;
let hookUrl: string;
const ends: Array<() => unknown> = [];

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  hookUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/foliokeep/CANARY-PATH`;
  mails = await mailServer();
  const from = 'Foliokeep <notices@example.com>';
  const mail = smtpMail({ host: '127.0.0.1', port: mails.port, tls: 'off', user: '', password: '', from });
  const outside = publicNetwork({ isThisMachineAllowed: true });
  world = await servedWorld({ folder: folder(), mail, outside });
  await world.work();
  person = await servedPerson(world, amelia);
  const url = hookUrl;
  const added = await person.call('addChannel', { body: { kind: 'webhook', name: 'Office', url } });
  channel = added.channel;
  secret = added.secret ?? '';
  ends.push(
    () => world.close(),
    () => mail.close(),
    () => mails.close(),
    () => outside.close(),
  );
});
afterAll(async () => {
  for (const end of ends) await end();
  receiver.closeAllConnections();
  receiver.close();
});

/** As ticks do, until it holds. */
async function postUntil(holds: () => boolean): Promise<void> {
  await expect
    .poll(
      async () => {
        world.clock.advance(20_000);
        await wakePost(world.ports);
        return holds();
      },
      { timeout: 10_000 },
    )
    .toBe(true);
}

const refusalOf = async (asking: Promise<unknown>) => {
  const error: unknown = await asking.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ApiError)) throw new Error(`not refused: ${String(error)}`);
  return error.problem;
};

describe('a run that fails', () => {
  it('reaches mail and webhook once each, signed, with the way to what helps; and so does its recovery', async () => {
    const [connection] = await person.connectXero();
    const exporter = await person.makeExporter(connection?.id ?? '', { name: 'Contacts of Fernhill' });
    await world.google.control.run({ action: 'deleteFile', spreadsheetId: exporter.spreadsheetId });
    for (let time = 0; time < 3; time += 1)
      expect((await person.runToEnd(exporter.id)).status).toBe('failed');
    await postUntil(() => mails.taken.length > 0 && got.length > 0);
    await postUntil(() => true);
    expect(mails.taken.map(({ to, mail }) => [to, mail.subject?.split(' · ')[0]])).toEqual([
      [[amelia], 'Contacts of Fernhill failed'],
    ]);
    expect(mails.taken[0]?.mail.html).toContain(`${world.publicUrl}/#exporter-${exporter.id}`);
    expect(got).toHaveLength(1);
    const [{ headers, body } = { headers: {} as IncomingHttpHeaders, body: '' }] = got;
    const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    expect(headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
    );
    expect(JSON.parse(body)).toMatchObject({ type: 'notice.failed', data: { about: { id: exporter.id } } });

    const { notices, unseen, undelivered } = await person.call('listNotices', {});
    expect(notices).toMatchObject([{ kind: 'failed', isOpen: true, isSeen: false, subject: exporter.id }]);
    expect([unseen, undelivered]).toEqual([1, []]);
    await person.call('seeNotices', { body: { until: notices[0]?.createdAt ?? '' } });
    expect(await person.call('listNotices', {})).toMatchObject({ unseen: 0, notices: [{ isSeen: true }] });

    await person.call('deleteExporter', { params: { exporterId: exporter.id } });
    expect((await person.call('listNotices', {})).notices[0]?.isOpen).toBe(false);
  });
});

describe('a channel', () => {
  it('is tested at once, and says how its newest message went', async () => {
    got.length = 0;
    const params = { channelId: channel.id };
    expect(await person.call('testChannel', { params })).toEqual({ isTaken: true, problem: '' });
    expect(JSON.parse(got[0]?.body ?? '')).toMatchObject({ type: 'test' });
    status = 500;
    expect(await person.call('testChannel', { params })).toMatchObject({
      isTaken: false,
      problem: '127.0.0.1 answered 500',
    });
    status = 204;
    const { channels } = await person.call('listChannels', {});
    expect(channels).toMatchObject([{ name: 'Office', host: '127.0.0.1', last: { outcome: 'failed' } }]);
  });

  it('has its secret said once, and signs with both for a day after a new one', async () => {
    const params = { channelId: channel.id };
    const renewed = (await person.call('rotateSecret', { params })).secret;
    expect(renewed).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const signatures = async (): Promise<string[]> => {
      got.length = 0;
      await person.call('testChannel', { params });
      return String(got[0]?.headers['webhook-signature']).split(' ');
    };
    const expected = (one: string): string => {
      const { headers, body } = got[0] ?? { headers: {} as IncomingHttpHeaders, body: '' };
      const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
      const key = Buffer.from(one.replace('whsec_', ''), 'base64');
      return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
    };
    expect(await signatures()).toEqual([expected(renewed), expected(secret)]);
    world.clock.advance(86_400_001);
    person = await servedPerson(world, amelia);
    expect(await signatures()).toEqual([expected(renewed)]);
    // Neither address nor secret lies open anywhere.
    const seen = JSON.stringify([
      await world.documents(),
      await person.call('listChannels', {}),
      world.log.entries,
    ]);
    for (const hidden of [secret, renewed, 'CANARY-PATH']) expect(seen).not.toContain(hidden.slice(6));
  });

  it('is no address but https, and a chat space is Google’s own (INVALID_INPUT, DELIVERY_REFUSED)', async () => {
    const wrong: Array<['webhook' | 'chat', string]> = [
      ['webhook', 'http://example.com/x'],
      ['webhook', 'ftp://example.com/x'],
      ['webhook', 'https://user:pass@example.com/x'],
      ['chat', 'https://example.com/v1/spaces/A/messages?key=a&token=b'],
      ['chat', 'https://chat.googleapis.com.evil.example/v1/spaces/A/messages?key=a&token=b'],
      ['chat', 'https://chat.googleapis.com@evil.example/v1/spaces/A/messages?key=a&token=b'],
      ['chat', 'https://chat.googleapis.com/v1/spaces/A/messages?key=a'],
      ['chat', 'https://chat.googleapis.com/v1/spaces/../x/messages?key=a&token=b'],
      ['chat', 'http://chat.googleapis.com/v1/spaces/A/messages?key=a&token=b'],
    ];
    for (const [kind, url] of wrong) {
      const problem = await refusalOf(person.call('addChannel', { body: { kind, name: 'X', url } }));
      expect(problem, url).toMatchObject({ code: 'INVALID_INPUT', field: 'url' });
    }
    const inner = await person.call('addChannel', {
      body: { kind: 'webhook', name: 'Inner', url: 'https://169.254.169.254/latest' },
    });
    const params = { channelId: inner.channel.id };
    expect(await person.call('testChannel', { params })).toEqual({
      isTaken: false,
      problem: 'its address is not on the public internet',
    });
    await person.call('removeChannel', { params });
    expect((await person.call('listChannels', {})).channels).toHaveLength(1);
  });
});

describe('what people choose', () => {
  it('is kept for an exporter: members and channels of its own team, and what is told', async () => {
    const [connection] = (await person.call('listConnections', {})).connections;
    const exporter = await person.makeExporter(connection?.id ?? '');
    const params = { exporterId: exporter.id };
    const before = await person.call('getExporterNotices', { params });
    expect(before.people).toMatchObject([{ email: amelia, isChosen: true }]);
    expect(before.on).toMatchObject({ failed: true, done: false });
    const on = { ...before.on, done: true };
    const body = { people: [], channels: [channel.id], on };
    const after = await person.call('editExporterNotices', { params, body });
    expect(after).toMatchObject({ people: [{ isChosen: false }], channels: [{ isChosen: true }], on });
    const stranger = await servedPerson(world, ben);
    const wrongs: Array<[string, { people?: string[]; channels?: string[] }]> = [
      ['people.0', { people: [stranger.me.userId] }],
      ['channels.0', { channels: ['0'.repeat(26)] }],
    ];
    for (const [field, wrong] of wrongs)
      expect(await refusalOf(person.call('editExporterNotices', { params, body: wrong }))).toMatchObject({
        code: 'INVALID_INPUT',
        field,
      });
  });

  it('is kept for a person: mail, a digest at their time, and a test that arrives', async () => {
    const digest = { isOn: true, time: '07:30', timeZone: 'Pacific/Auckland' };
    const own = await person.call('editOwnNotices', { body: { hasMail: false, digest } });
    expect(own).toMatchObject({ email: amelia, hasMail: false, digest });
    expect(own.nextDigestAt).toMatch(/T19:30:00\.000Z$/);
    expect(await person.call('getOwnNotices', {})).toEqual(own);
    const nowhere = { ...digest, timeZone: 'Pacific/Atlantis' };
    expect(await refusalOf(person.call('editOwnNotices', { body: { digest: nowhere } }))).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'digest.timeZone',
    });
    const off = await person.call('editOwnNotices', { body: { digest: { ...digest, isOn: false } } });
    expect(off.nextDigestAt).toBeNull();
    mails.taken.length = 0;
    expect(await person.call('testMail', {})).toEqual({ isTaken: true, problem: '' });
    expect(mails.taken.map(({ to }) => to)).toEqual([[amelia]]);
    mails.says.recipient = 550;
    expect(await person.call('testMail', {})).toEqual({
      isTaken: false,
      problem: 'the mail server said 550',
    });
  });
});
