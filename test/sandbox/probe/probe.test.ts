import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sandboxClock } from '../../../server/sandbox/clock.ts';
import { DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '../../../server/sandbox/google/seeded-people.ts';
import { googleProbes } from '../../../server/sandbox/probe/google-probes.ts';
import type { ProbeReport } from '../../../server/sandbox/probe/report.ts';
import { xeroProbes } from '../../../server/sandbox/probe/xero-probes.ts';
import { type SandboxResponse, serveSandbox } from '../../../server/sandbox/serve.ts';
import { createXeroSandbox } from '../../../server/sandbox/xero/xero-sandbox.ts';
import { temporaryFolders } from '../../support/folders.ts';
import { AMELIA, DRIVE_FILE, startGoogle } from '../google/start-google.ts';
import { consentToGoogle, consentToXero, playProbe } from './played-person.ts';

const newFolder = temporaryFolders();
const CANARY = 'Canarywood';

/** Both sandboxes, the first organisation full of canaries, and every token that was given out. */
async function world() {
  const start = Date.now();
  const sandbox = createXeroSandbox({
    seed: 5,
    size: 'small',
    clock: sandboxClock(() => start),
  });
  // The day counts down, and the minute is wide enough for a probe that does not pause.
  sandbox.control.setLimits({ minute: 1000 });
  for (const company of sandbox.companies) {
    for (const contact of company.contacts) contact.name = `${CANARY} ${contact.name}`;
    for (const invoice of company.invoices) if (invoice.reference !== null) invoice.reference = CANARY;
  }
  const tokens = new Set<string>();
  const xero = await serveSandbox(async (request) => {
    const answer = await sandbox.respond(request);
    if (request.url.endsWith('/connect/token')) keepTokens(tokens, answer);
    return answer;
  });
  const google = await startGoogle({ base: Date.now });
  const [client] = sandbox.clients;
  return {
    sandbox,
    xero,
    google,
    tokens,
    environment: {
      PORT: '0',
      XERO_CLIENT_ID: client?.clientId ?? '',
      XERO_CLIENT_SECRET: client?.clientSecret ?? '',
      XERO_LOGIN_URL: xero.origin,
      XERO_IDENTITY_URL: xero.origin,
      XERO_API_URL: xero.origin,
      GOOGLE_CLIENT_ID: DEFAULT_CLIENT_ID,
      GOOGLE_CLIENT_SECRET: DEFAULT_CLIENT_SECRET,
      GOOGLE_AUTH_URL: `${google.origin}/o/oauth2/v2/auth`,
      GOOGLE_TOKEN_URL: `${google.origin}/token`,
      GOOGLE_SHEETS_URL: google.origin,
      GOOGLE_DRIVE_URL: google.origin,
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([xero.close(), google[Symbol.asyncDispose]()]);
    },
  };
}

function keepTokens(tokens: Set<string>, { headers, body }: SandboxResponse): void {
  const text = Buffer.from(headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString();
  const given = JSON.parse(text) as Record<string, unknown>;
  for (const name of ['access_token', 'refresh_token', 'id_token'])
    if (typeof given[name] === 'string') tokens.add(given[name]);
}

describe('npm run probe', () => {
  it('finds all as expected in the sandboxes, leaves nothing behind and tells no secret', async () => {
    await using both = await world();
    const { sandbox, google, tokens, environment } = both;
    const folder = newFolder();
    const toXero = consentToXero(sandbox.users[0]?.id ?? '', sandbox.organisations[0]?.tenantId ?? '');
    let xeroConsents = 0;
    const { exitCode, said } = await playProbe(environment, ['--folder', folder, '--pause', '0'], {
      answers: [
        ['Go on?', () => 'yes'],
        ['consent-denied:', () => 'done'],
        ['disconnected:', () => (sandbox.control.disconnect({}) ? 'done' : '')],
      ],
      open(address) {
        if (address.origin === google.origin) return consentToGoogle(address, AMELIA, DRIVE_FILE);
        xeroConsents += 1;
        return toXero(address, xeroConsents === 1 ? 'allow' : 'cancel');
      },
    });
    expect(said).toContain('changes nothing that is yours');
    expect([exitCode, said]).toEqual([0, expect.stringContaining('The report is')]);

    const [json = '', markdown = ''] = (await readdir(folder)).sort();
    const texts = [
      await readFile(join(folder, json), 'utf8'),
      await readFile(join(folder, markdown), 'utf8'),
      said.replaceAll(/^https?:.*$/gm, ''),
    ];
    // What an issue takes.
    expect(texts[1]?.length).toBeLessThan(60_000);
    const report = JSON.parse(texts[0] ?? '') as ProbeReport;
    expect(report.results.map(({ name }) => name)).toEqual(
      [...xeroProbes, ...googleProbes].map(({ name }) => name),
    );
    const others = report.results.filter(({ verdict }) => verdict !== 'as-expected');
    expect(
      others.filter(({ verdict }) => verdict !== 'not-asked').map(({ name, found }) => [name, found]),
    ).toEqual([]);
    // What the sandbox has nothing to ask about.
    expect(others.map(({ name }) => name)).toEqual(['page-size-elsewhere']);

    expect(tokens.size).toBeGreaterThan(8);
    const secrets = [
      ...tokens,
      environment.XERO_CLIENT_SECRET,
      environment.GOOGLE_CLIENT_SECRET,
      CANARY,
      ...sandbox.organisations.flatMap(({ name, tenantId }) => [name, tenantId]),
      sandbox.users[0]?.email ?? '',
      AMELIA,
    ];
    for (const text of texts)
      expect(
        secrets.filter((secret) => text.includes(secret) && secret !== sandbox.organisations[0]?.name),
      ).toEqual([]);
    for (const text of texts.slice(0, 2)) expect(text).not.toContain(sandbox.organisations[0]?.name ?? '');
    expect(google.control.state().spreadsheets).toEqual([]);
  });

  it('tells what differs, asks nothing more after a limit, and still writes its report', async () => {
    await using both = await world();
    const { sandbox, environment } = both;
    const folder = newFolder();
    const odd = { kind: 'respond', status: 200, headers: { 'content-type': 'application/json' } } as const;
    sandbox.control.fault({ ...odd, body: '{}', match: { path: '/Journals' } });
    sandbox.control.fault({ ...odd, body: '{}', match: { path: 'page=100000' } });
    sandbox.control.fault({ kind: 'minute-limit', match: { path: 'pageSize=20&order=' } });
    const xeroOnly = Object.entries(environment).filter(([name]) => !name.startsWith('GOOGLE_CLIENT'));
    const { exitCode } = await playProbe(
      Object.fromEntries(xeroOnly),
      ['--folder', folder, '--pause', '0', '--yes'],
      {
        answers: [],
        open: consentToXero(sandbox.users[0]?.id ?? '', sandbox.organisations[0]?.tenantId ?? ''),
      },
    );
    expect(exitCode).toBe(0);
    const [json = ''] = (await readdir(folder)).sort();
    const { results } = JSON.parse(await readFile(join(folder, json), 'utf8')) as ProbeReport;
    const verdicts = Object.fromEntries(results.map(({ name, verdict }) => [name, verdict]));
    expect(verdicts).toMatchObject({
      'journals-tier': 'not-asked',
      'page-clamped': 'as-expected',
      'page-past-end': 'differs',
      'order-optimised': 'failed',
      'where-unreadable': 'skipped',
      disconnected: 'skipped',
    });
  });

  it('says what is missing without credentials, and asks nothing without a yes', async () => {
    const nobody = { answers: [], open: () => Promise.reject(new Error('no page was expected')) };
    const without = await playProbe({}, [], nobody);
    expect([without.exitCode, without.said]).toEqual([
      1,
      expect.stringContaining('There are no credentials to ask with.'),
    ]);
    const half = await playProbe({ XERO_CLIENT_ID: 'x' }, [], nobody);
    expect([half.exitCode, half.said]).toEqual([
      1,
      'XERO_CLIENT_SECRET is missing: both of them, or none, are needed.',
    ]);
    const unwilling = await playProbe({ XERO_CLIENT_ID: 'x', XERO_CLIENT_SECRET: 'y' }, [], {
      ...nobody,
      answers: [['Go on?', () => 'no']],
    });
    expect([unwilling.exitCode, unwilling.said]).toEqual([1, expect.stringContaining('Nothing was asked.')]);
  });
});
