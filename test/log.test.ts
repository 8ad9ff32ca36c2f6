/** The log holds neither a token nor a record, however they come to it. */
import { expect, test } from 'vitest';
import { RetryError } from '../server/errors.ts';
import { pinoLog } from '../server/log.ts';

const scene = (level: 'debug' | 'info' = 'debug') => {
  const lines: string[] = [];
  return { lines, log: pinoLog({ level, destination: { write: (line) => void lines.push(line) } }) };
};
const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzM2NyZXQifQ.c2lnbmF0dXJl';
const xeroRefresh = 'Zm9saW9rZWVwX3NlY3JldF9yZWZyZXNoX3Rva2VuXzEyMw';

test('an entry is one JSON line with time, message and fields; lower levels are left out', () => {
  const { lines, log } = scene('info');
  log.debug('unseen');
  log.info('a run began', { runId: '01k9z3v5h2r7m4n8p6q0s1t2w3', rows: 3, at: new Date(0), big: 5n });
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    level: 30,
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    msg: 'a run began',
    runId: '01k9z3v5h2r7m4n8p6q0s1t2w3',
    rows: 3,
    at: '1970-01-01T00:00:00.000Z',
    big: '5',
  });
});

test('fields under telling names are hidden at any depth; numbers under them are not', () => {
  const { lines, log } = scene();
  log.warn('x', {
    accessToken: 's3cret',
    refresh_token: 's3cret',
    headers: { Authorization: 's3cret', cookie: ['s3cret'], 'X-Api-Key': 's3cret' },
    list: [{ clientSecret: { deep: 's3cret' }, sealedRefreshToken: 's3cret', password: 's3cret' }],
    tokenExpiresAt: 7,
  });
  expect(lines.join('')).not.toContain('s3cret');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ accessToken: '[redacted]', tokenExpiresAt: 7 });
});

test('texts that hold tokens lose them, in messages, fields and errors', () => {
  const texts = [
    `Bearer ${xeroRefresh}`,
    'authorization: Basic dXNlcjpzM2NyZXRwYXNz',
    `token ${jwt} was refused`,
    'ya29.a0AfB_byC-s3cretpart',
    '1//0gs3cretpartrefresh',
    'GOCSPX-s3cretclient',
    `refresh with ${xeroRefresh} failed`,
    '/callback?code=s3cretcode&state=s3cretstate',
    'grant_type=refresh_token&refresh_token=s3cretrefresh&client_secret=s3cret',
  ];
  const { lines, log } = scene();
  for (const text of texts) {
    log.info(text);
    log.info('x', { note: text, list: [text] });
    log.error('x', { error: new Error(text) });
    log.error('x', { error: new RetryError('NETWORK', { problem: text }, new Error(text)) });
  }
  const all = lines.join('');
  for (const secret of ['s3cret', xeroRefresh, 'dXNlcjpzM2NyZXRwYXNz', jwt, 'c2lnbmF0dXJl', 'eyJzdWI'])
    expect(all).not.toContain(secret);
});

test('hashes stay recognisable, ids and UUIDs whole', () => {
  const { lines, log } = scene();
  const uuid = '0f1e2d3c-4b5a-4978-8f6e-5d4c3b2a1908';
  log.info('x', { hash: 'abcdef0123456789'.repeat(4), uuid, path: `team.${uuid}/segments` });
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    hash: 'abcdef01…',
    uuid,
    path: `team.${uuid}/segments`,
  });
});

test('an error shows code, message, details and stack; its cause only name and code', () => {
  const { lines, log } = scene();
  const cause = Object.assign(new Error('{"Name":"Ann Client"}'), { code: 'ECONNRESET', body: 'Ann Client' });
  log.error('x', {
    error: Object.assign(new RetryError('NETWORK', { problem: 'reset' }, cause), { body: 'Ann Client' }),
  });
  const { error } = JSON.parse(lines[0] ?? '');
  expect(error).toEqual({
    name: 'RetryError',
    code: 'NETWORK',
    message: 'The network failed: reset',
    details: { problem: 'reset' },
    stack: expect.stringContaining('log.test.ts'),
    cause: { name: 'Error', code: 'ECONNRESET' },
  });
  expect(lines.join('')).not.toContain('Ann Client');
});

test('what JSON.parse quotes of a broken record is not shown', () => {
  const { lines, log } = scene();
  try {
    JSON.parse('Ann Client, broken');
  } catch (error) {
    log.error('x', { error });
  }
  expect(lines).toHaveLength(1);
  expect(lines.join('')).not.toMatch(/Ann|broken/);
});

test('bytes are counted, endless objects and long texts end, functions are named', () => {
  const { lines, log } = scene();
  const round: Record<string, unknown> = {};
  round['self'] = round;
  log.info('x', {
    bytes: new Uint8Array(9),
    round,
    long: 'a b '.repeat(5000),
    act: () => 1,
    none: undefined,
    nil: null,
  });
  const entry = JSON.parse(lines[0] ?? '');
  expect(entry).toMatchObject({ bytes: '[9 bytes]', act: '[function]', nil: null });
  expect(entry.long.length).toBeLessThan(4100);
  expect(lines[0]).toContain('[deeper]');
});
