/** Canaries: no token, code, state, cookie or record is found in a log line, a problem or at rest, whatever happened. */
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pinoLog } from '../../server/log.ts';
import { DEFAULT_CLIENT_SECRET, SCRIPT_CLIENT_ID } from '../../server/sandbox/google/seeded-people.ts';
import { DEFAULT_CLIENT } from '../../server/sandbox/xero/oauth/registration.ts';
import { answerXero } from '../support/consent-world.ts';
import { encodingsOf } from '../support/encodings.ts';
import { temporaryFolders } from '../support/folders.ts';
import { amelia, pathHome, type ServedPerson, servedPerson } from '../support/served-person.ts';
import { type ServedWorld, servedWorld } from '../support/served-world.ts';

const folder = temporaryFolders();
const record = 'CANARY Fisheries Limited';
const mailbox = 'canary.mailbox@fisheries.example';
const bankAccount = '12-3456-7654321-099';
/** What must not be told, by what it is. */
const secrets = new Map<string, string>();
const problems: string[] = [];
const tasks: string[] = [];
const pages: string[] = [];
let world: ServedWorld;
let person: ServedPerson;

const keep = (what: string, text: string | null | undefined): void => {
  if (text !== null && text !== undefined && text.length >= 8 && !secrets.has(text)) secrets.set(text, what);
};
/** Every value of a query or form that is worth stealing. */
const keepFields = (what: string, text: string): void => {
  for (const [name, value] of new URLSearchParams(text))
    if (/code|state|nonce|token|secret|verifier/.test(name) && !/^(S256|authorization_code)$/.test(value))
      keep(`${what}: ${name}`, value);
};

beforeAll(async () => {
  world = await servedWorld({ folder: folder() });
  await world.work();
  world.xero.control.create({
    resource: 'contacts',
    fields: { Name: record, EmailAddress: mailbox, AccountNumber: bankAccount },
  });
  const { queue } = world.ports;
  const enqueue = queue.enqueue.bind(queue);
  queue.enqueue = (task) => {
    tasks.push(JSON.stringify(task));
    return enqueue(task);
  };
  person = await servedPerson(world, amelia);
  const { url } = await person.call('beginConsent', { body: {} });
  keepFields('way out', new URL(url).search);
  const home = pathHome(await answerXero(world.xero, url));
  keepFields('way home', new URL(home, 'http://x').search);
  await person.ask(home);
  const [connection] = (await person.call('listConnections', {})).connections;
  const connectionId = connection?.id ?? '';
  const exporter = await person.makeExporter(connectionId);
  expect((await person.runToEnd(exporter.id)).error).toBeNull();
  const choice = { connectionId, dataset: 'contacts' };
  const { rows } = await person.call('previewRows', { body: { ...choice, limit: 100 } });
  expect(JSON.stringify(rows)).toContain(record);

  // Everything that can be refused while secrets are at hand.
  const token = String(
    (await world.google.control.run({ action: 'identityToken', user: amelia, audience: SCRIPT_CLIENT_ID }))[
      'token'
    ],
  );
  const expired = { action: 'identityToken', user: amelia, variant: 'expired' } as const;
  const bad = String((await world.google.control.run(expired))['token']);
  keep('ID token', token);
  keep('refused ID token', bad);
  const post = { method: 'POST', headers: person.changing };
  for (const answer of [
    await person.ask(home),
    await person.ask('/oauth/done'),
    await world.ask('/api/v1/me', { headers: { authorization: `Bearer ${bad}` } }),
    await world.ask(`/api/v1/runs/${token}`, { headers: { authorization: `Bearer ${token}` } }),
    await person.ask(`/nothing?code=${token}`),
    await person.ask('/api/v1/preview', { ...post, body: `{"connectionId": "${token}", ` }),
    await person.ask('/api/v1/preview', { ...post, body: '{"a": CANARY-BODY}' }),
    await person.ask('/api/v1/preview', { ...post, body: { connectionId: 1, [token.slice(0, 90)]: 1 } }),
    await person.ask(`/api/v1/runs/${'a'.repeat(26)}`),
  ])
    problems.push(answer.text);
  const { link } = await person.call('inviteMember', { body: { email: 'a@b.example', role: 'viewer' } });
  keep('invitation', link.split('=').at(-1));
  for (const id of ['getTeam', 'listTeams', 'listConnections', 'listExporters', 'listAudit'] as const)
    problems.push(JSON.stringify(await person.call(id, {})));
  pages.push((await person.ask('/oauth/done')).text, (await person.ask('/')).text);
  // Grants that end in the middle of a run.
  await world.google.control.run({ action: 'revokeGrant', user: amelia });
  world.clock.advance(2 * 3_600_000);
  const failed = await person.runToEnd(exporter.id);
  expect(failed.status).toBe('failed');
  problems.push(JSON.stringify(failed));

  for (const [name, value] of person.cookies) keep(`cookie ${name}`, value);
  keep('CSRF token', person.me.csrfToken);
  for (const { headers, body } of world.asked) {
    keep('access token', /^Bearer (.+)$/.exec(headers['authorization'] ?? '')?.[1]);
    if (typeof body === 'string') keepFields('token request', body);
  }
  keep('record', record);
  keep('contact e-mail', mailbox);
  keep('bank number', bankAccount);
  keep('client secret of Xero', DEFAULT_CLIENT.clientSecret);
  keep('client secret of Google', DEFAULT_CLIENT_SECRET);
  keep('unreadable body', 'CANARY-BODY');
});
afterAll(() => world.close());

/** In any form: as it is, base64 at any place, hex, URL-encoded, escaped for JSON or HTML, backwards. */
const found = (text: string): string[] =>
  [...secrets]
    .filter(([secret]) => encodingsOf(secret).some((form) => text.includes(form)))
    .map(([, what]) => what);

it('has canaries of every kind to look for', () => {
  const kinds = new Set([...secrets.values()].map((what) => what.replace(/ foliokeep.*/, '')));
  for (const kind of [
    'way out: state',
    'way home: code',
    'token request: code_verifier',
    'token request: refresh_token',
    'access token',
    'cookie',
    'CSRF token',
    'ID token',
    'record',
    'contact e-mail',
    'bank number',
    'client secret of Xero',
    'client secret of Google',
    'invitation',
  ])
    expect([...kinds]).toContain(kind);
});

describe('the log', () => {
  it('is told none of it', () => {
    expect(world.log.entries.length).toBeGreaterThan(20);
    for (const entry of world.log.entries) {
      // Addresses are the sender's own text: the log takes tokens out of them.
      const { path: _path, ...fields } = entry.fields;
      expect(
        found(inspect({ ...entry, fields }, { depth: 12, maxStringLength: null })),
        entry.message,
      ).toEqual([]);
    }
  });

  it('writes none of it, and addresses without their queries', () => {
    const lines: string[] = [];
    const log = pinoLog({ level: 'debug', destination: { write: (line) => void lines.push(line) } });
    for (const { level, message, fields } of world.log.entries) log[level](message, fields);
    expect(found(lines.join(''))).toEqual([]);
    expect(lines.join('')).toContain('/oauth/xero/callback');
    expect(lines.join('')).not.toMatch(/callback\?/);
  });
});

it('no problem, list or failed run repeats it', () => {
  expect(problems.flatMap(found)).toEqual([]);
});

it('no task and no page holds it', () => {
  expect(tasks.length).toBeGreaterThan(1);
  expect(tasks.flatMap(found)).toEqual([]);
  expect(pages.flatMap(found)).toEqual([]);
});

it('is looked for in every form', () => {
  const secret = 'tOk3n/with+odd &"letters"=';
  const hidden = (form: string): string => `${'.'.repeat(5)}${form}${'.'.repeat(3)}`;
  const bytes = Buffer.from(secret);
  for (const form of [
    secret,
    ...[0, 1, 2].map((at) =>
      Buffer.concat([Buffer.alloc(at, 'x'), bytes, Buffer.from('yz')]).toString('base64'),
    ),
    Buffer.from(`ab${secret}`).toString('base64url'),
    bytes.toString('hex'),
    encodeURIComponent(secret),
    JSON.stringify({ secret }),
    [...secret].reverse().join(''),
  ])
    expect(
      encodingsOf(secret).some((one) => hidden(form).includes(one)),
      form,
    ).toBe(true);
});

it('nothing of it lies open in the store or the blobs', async () => {
  expect(found(await world.allDocuments())).toEqual([]);
  for (const [path, bytes] of world.blobs.files)
    expect(found(Buffer.from(bytes).toString('latin1')), path).toEqual([]);
});
