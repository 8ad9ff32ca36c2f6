/** The environment: what is missing or wrong is named, what it holds is not repeated, the rest has good defaults. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../server/config.ts';
import { engineDefaults } from '../server/engine/options.ts';
import { FatalError } from '../server/errors.ts';
import { temporaryFolders } from './support/folders.ts';

const folder = temporaryFolders();
const needed = {
  XERO_CLIENT_ID: 'xero-id',
  XERO_CLIENT_SECRET: 'xero-secret',
  GOOGLE_CLIENT_ID: 'google-id',
  GOOGLE_CLIENT_SECRET: 'google-secret',
};

function refusal(environment: Record<string, string | undefined>): string {
  try {
    readConfig(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(FatalError);
    expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
    return (error as FatalError).message;
  }
  throw new Error('it was taken');
}

it('needs the two apps and has a default for everything else', () => {
  expect(readConfig(needed)).toEqual({
    port: 8080,
    publicUrl: 'http://localhost:8080',
    dataFolder: '.foliokeep/data',
    logLevel: 'info',
    frameAncestors: [],
    requests: { person: 1_200, team: 6_000, address: 600, signIn: 60 },
    trustedProxies: 0,
    sessions: { idleMs: 12 * 3_600_000, lifeMs: 7 * 24 * 3_600_000 },
    callers: { headersMs: 20_000, requestMs: 60_000, idleMs: 30_000 },
    xero: {
      clientId: 'xero-id',
      clientSecret: 'xero-secret',
      loginUrl: 'https://login.xero.com',
      identityUrl: 'https://identity.xero.com',
      apiUrl: 'https://api.xero.com',
      redirectUri: 'http://localhost:8080/oauth/xero/callback',
      minuteLimit: 60,
    },
    google: {
      clientId: 'google-id',
      clientSecret: 'google-secret',
      addonAudiences: ['google-id'],
      issuer: 'https://accounts.google.com',
      authUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
      tokenUrl: 'https://oauth2.googleapis.com/token',
      revokeUrl: 'https://oauth2.googleapis.com/revoke',
      certsUrl: 'https://www.googleapis.com/oauth2/v3/certs',
      sheetsUrl: 'https://sheets.googleapis.com',
      driveUrl: 'https://www.googleapis.com',
      redirectUri: 'http://localhost:8080/oauth/google/callback',
      minuteLimits: { project: 300, person: 60 },
    },
    mail: null,
    webhooks: { isThisMachineAllowed: false },
    engine: {
      sliceMs: 180_000,
      leaseMs: 30_000,
      unitMs: engineDefaults.unitMs,
      deadlineMs: engineDefaults.deadlineMs,
      lostAfterMs: engineDefaults.lostAfterMs,
      maxRescues: engineDefaults.maxRescues,
      tickMs: engineDefaults.tickMs,
      keepRunsMs: engineDefaults.keepRunsMs,
    },
    queryMemoryMb: 256,
  });
});

describe.each(Object.keys(needed))('%s', (field) => {
  it.each([undefined, '', '  '])('missing as %j is named alone, with what it is', (value) => {
    const message = refusal({ ...needed, [field]: value });
    expect(message).toMatch(new RegExp(`^${field}: is missing: the .+$`));
    expect(message.split('\n')).toHaveLength(1);
  });
});

it('names everything that is missing at once, one line each', () => {
  const lines = refusal({}).split('\n');
  expect(lines.map((line) => line.split(':')[0])).toEqual(Object.keys(needed));
});

const wrong: Array<[field: string, values: string[]]> = [
  ['PORT', ['0', '65536', '-1', '80.5', '0x50', '1e3', 'http', '99999999999']],
  ['FOLIOKEEP_LOG', ['loud', 'INFO']],
  [
    'FOLIOKEEP_FRAME_ANCESTORS',
    ["https://a.example; script-src 'unsafe-inline'", '*', 'https://a.example/path', 'x'],
  ],
  ['XERO_MINUTE_LIMIT', ['0', 'all', '1001']],
  ['QUERY_MEMORY_MB', ['63', '1gb']],
  ['ENGINE_SLICE_MS', ['999', '600001']],
  ['ENGINE_LEASE_MS', ['999', '30s']],
  ...['XERO_LOGIN_URL', 'XERO_IDENTITY_URL', 'XERO_API_URL'].map((name): [string, string[]] => [
    name,
    [
      'http://api.example',
      'https://user:pass@api.example',
      'ftp://api.example',
      'api.xero.com',
      '//x',
      'javascript:x',
    ],
  ]),
  ...['AUTH', 'TOKEN', 'REVOKE', 'CERTS', 'SHEETS', 'DRIVE'].map((name): [string, string[]] => [
    `GOOGLE_${name}_URL`,
    ['http://google.example', 'nonsense'],
  ]),
  ['GOOGLE_ISSUER', ['accounts.google.com', 'http://accounts.example']],
  [
    'FOLIOKEEP_PUBLIC_URL',
    [
      'http://127.0.0.1:8080',
      'http://books.example',
      'http://localhost.evil.example',
      'http://[::1]:8080',
      'https://books.example/path',
      'https://books.example?x=1',
      'https://user:pass@books.example',
      'ftp://localhost',
      'localhost:8080',
    ],
  ],
];
describe.each(wrong)('%s', (field, values) => {
  it.each(values)('is refused as %s, by name and without its value', (value) => {
    const message = refusal({ ...needed, [field]: value });
    expect(message).toMatch(new RegExp(`^${field}: must `));
    expect(message.split('\n')).toHaveLength(1);
    if (value.length > 6) expect(message.replace('https://example.com', '')).not.toContain(value);
  });
});

it('takes what one machine needs', () => {
  const config = readConfig({
    ...needed,
    PORT: '9000',
    FOLIOKEEP_LOG: '',
    XERO_API_URL: 'http://127.0.0.1:9001/',
    GOOGLE_SHEETS_URL: 'http://localhost:9002',
    FOLIOKEEP_FRAME_ANCESTORS: ' http://localhost:9003  https://docs.example/ ',
    GOOGLE_ADDON_AUDIENCES: 'script-id another-id',
  });
  expect(config).toMatchObject({
    publicUrl: 'http://localhost:9000',
    logLevel: 'info',
    frameAncestors: ['http://localhost:9003', 'https://docs.example'],
    xero: { apiUrl: 'http://127.0.0.1:9001', redirectUri: 'http://localhost:9000/oauth/xero/callback' },
    google: { sheetsUrl: 'http://localhost:9002', addonAudiences: ['google-id', 'script-id', 'another-id'] },
  });
  expect(readConfig({ ...needed, FOLIOKEEP_PUBLIC_URL: 'https://books.example/' }).publicUrl).toBe(
    'https://books.example',
  );
});

it('is told in the README field by field', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const source = readFileSync(new URL('../server/config.ts', import.meta.url), 'utf8');
  const fields = [...source.matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, field]) => field);
  expect(fields.length).toBeGreaterThan(20);
  for (const field of fields) expect(readme).toContain(`\`${field}\``);
});

describe('the server', () => {
  const start = (environment: Record<string, string>) =>
    spawnSync(process.execPath, [fileURLToPath(new URL('../server/main.ts', import.meta.url))], {
      env: { PATH: process.env['PATH'] ?? '', ...environment },
      encoding: 'utf8',
      timeout: 20_000,
    });

  it('does not start: it names the fields, repeats no value, and exits with 2', () => {
    const { status, stdout, stderr } = start({ XERO_CLIENT_SECRET: 'hunter2-secret', PORT: 'hunter2-port' });
    expect(status).toBe(2);
    expect(stdout).toBe('');
    for (const field of ['PORT', 'XERO_CLIENT_ID', 'GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'])
      expect(stderr).toMatch(new RegExp(`^${field}: (must|is missing)`, 'm'));
    expect(stderr).not.toContain('hunter2');
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('does not start with a key file that others may read', () => {
    const data = folder();
    mkdirSync(data, { recursive: true });
    writeFileSync(join(data, 'keys.json'), '{}', { mode: 0o644 });
    const { status, stderr } = start({ ...needed, FOLIOKEEP_DATA: data, FOLIOKEEP_LOG: 'silent' });
    expect({ status, says: stderr.split('\n')[0] }).toEqual({
      status: 2,
      says: 'key file: others may read it; run chmod 600 on it',
    });
  });
});

it('reads a mail server and whom mail is from', () => {
  const mail = (SMTP_URL: string, MAIL_FROM = 'Foliokeep <notices@example.com>') =>
    readConfig({ ...needed, SMTP_URL, MAIL_FROM }).mail;
  const from = 'Foliokeep <notices@example.com>';
  expect(mail('smtps://na%40me:pass%2Fword@mail.example.com')).toEqual({
    host: 'mail.example.com',
    port: 465,
    tls: 'implicit',
    user: 'na@me',
    password: 'pass/word',
    from,
  });
  expect(mail('smtp://mail.example.com')).toMatchObject({ port: 587, tls: 'starttls', user: '' });
  expect(mail('smtp://127.0.0.1:1025?tls=off')).toMatchObject({ host: '127.0.0.1', port: 1025, tls: 'off' });
  for (const wrong of [
    'mail.example.com',
    'https://mail.example.com',
    'smtps://x.example?tls=off',
    'smtp://x?tls=maybe',
  ])
    expect(refusal({ ...needed, SMTP_URL: wrong, MAIL_FROM: from })).toContain('SMTP_URL');
  const secret = 'smtps://me:CANARY%zz@mail.example.com';
  expect(refusal({ ...needed, SMTP_URL: secret, MAIL_FROM: from })).toMatch(/SMTP_URL.*%25(?!.*CANARY)/s);
  expect(refusal({ ...needed, SMTP_URL: 'smtp://x' })).toContain('MAIL_FROM');
  for (const wrong of ['nobody', 'A <a@b.c>\r\nBcc: eve@x.y', 'a@b.c, eve@x.y'])
    expect(refusal({ ...needed, SMTP_URL: 'smtp://x', MAIL_FROM: wrong })).toContain('MAIL_FROM');
  expect(readConfig({ ...needed, WEBHOOKS_HERE: 'yes' }).webhooks).toEqual({ isThisMachineAllowed: true });
});
