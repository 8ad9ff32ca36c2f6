import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routeOf } from '../../../server/sandbox/xero/accounting/route.ts';
import { REPORTS } from '../../../server/sandbox/xero/reports/report-routes.ts';
import {
  isOpenApiHere,
  type KnownFault,
  knownFaults,
  type Operation,
  openApi,
} from '../../fidelity/openapi.ts';
import { type Caller, caller } from './caller.ts';

/** Where the files (spec 16.1) contradict what Xero itself sends. Each must still be met. */
const KNOWN: readonly KnownFault[] = [
  {
    pattern: /^\/(created|updated)DateUtc must match format "date-time"/,
    reason:
      'the file asks for a zone, which the answers of /connections do not have (.NET prints seven decimals and stops)',
  },
  {
    pattern: /^[A-Z]\w+s\.(Id|Status|ProviderName|DateTimeUTC) is not in the file/,
    reason: 'the envelope around every answer; the file has it in its examples only',
  },
  {
    pattern: /^\w+\.(Date|DueDate)String is not in the file/,
    reason: 'ISO twins of calendar dates: in the examples of the file and in real records (AIR)',
  },
  {
    pattern: /^Invoice\.InvoicePaymentServices is not in the file/,
    reason: 'in real records (AIR)',
  },
  {
    pattern: /^BankTransfer\.CreatedDateUTCString is not in the file/,
    reason: 'an odd twin, in the examples of the file',
  },
  {
    pattern: /^TrackingOption\.(HasValidationErrors|Is(Active|Archived|Deleted)) is not in the file/,
    reason: 'in real records (xero-api.md 3.4)',
  },
  { pattern: /^ContactGroup\.HasValidationErrors is not in the file/, reason: 'in real records (AIR)' },
  { pattern: /^User\.GlobalUserID is not in the file/, reason: 'in real records (AIR)' },
  {
    pattern: /^(CreditNote|Prepayment|Overpayment)\.ID is not in the file/,
    reason: 'the id once more, in the examples of the file',
  },
  {
    pattern: /^LineItem\.ValidationErrors is not in the file/,
    reason: 'in the examples of the file, empty',
  },
];
const known = knownFaults(KNOWN);

const accounting = isOpenApiHere ? openApi('xero_accounting.yaml') : null;
const concrete = (path: string) => path.slice(1).replace(/\{\w+\}/g, 'x');
/** Whatever the sandbox serves of the file; a new endpoint is in it by itself. */
const served = (accounting?.operations ?? []).filter(({ path }) => {
  const route = routeOf(concrete(path));
  return route !== null && route.name.includes('{') === path.includes('{');
});
const lists = served.filter(({ path }) => !path.includes('{'));
const looks = served.filter(({ path }) => path.includes('{') && path !== '/Reports/{ReportID}');

let user: Caller;
beforeAll(async () => {
  user = await caller();
  for (const organisation of user.tenantIds) user.sandbox.control.setTier({ organisation, tier: 'advanced' });
  // Else premium endpoints are refused.
  for (const organisation of user.tenantIds) user.sandbox.control.setTier({ organisation, tier: 'advanced' });
});

describe.skipIf(!isOpenApiHere)('every answer fits the published OpenAPI file', () => {
  test('which describes every endpoint and report that the sandbox has', async () => {
    const paths = [...(await endpoints()), ...[...REPORTS.values()].map(({ name }) => name)];
    expect(paths.length).toBeGreaterThan(20);
    const described = lists.map(({ path }) => path.slice(1));
    expect(paths.filter((path) => !described.includes(path))).toEqual([]);
  });

  test.each(lists.map((operation) => [operation.path, operation] as const))('%s', async (path, operation) => {
    for (const tenantId of user.tenantIds) {
      for (const query of await queriesFor(operation, tenantId)) {
        const answer = await user.get(`${path.slice(1)}${query}`, { 'xero-tenant-id': tenantId });
        expect([query, answer.status]).toEqual([query, 200]);
        expect([query, known.without(faultsOf(operation, answer.json))]).toEqual([query, []]);
      }
    }
  });

  test.each(looks.map((operation) => [operation.path, operation] as const))('%s', async (path, operation) => {
    let looked = 0;
    for (const tenantId of user.tenantIds) {
      const headers = { 'xero-tenant-id': tenantId };
      for (const id of await idsFor(operation, tenantId)) {
        const answer = await user.get(path.slice(1).replace(/\{\w+\}/, encodeURIComponent(id)), headers);
        expect([id, answer.status]).toEqual([id, 200]);
        expect(known.without(faultsOf(operation, answer.json))).toEqual([]);
        expect(answer.json[pluralOf(path)]).toHaveLength(1);
        looked += 1;
      }
    }
    expect(looked).toBeGreaterThan(0);
  });

  test('the list of connections', async () => {
    const identity = openApi('xero-identity.yaml');
    const headers = { authorization: `Bearer ${user.tokens.access_token}` };
    const { json } = await user.send({ path: '/connections', headers });
    expect(json).toHaveLength(user.tenantIds.length);
    for (const connection of json) {
      expect(known.without(identity.answerFaults('Connection', connection))).toEqual([]);
      expect(connection.createdDateUtc).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}$/);
    }
  });

  test('a refusal too', async () => {
    for (const path of ['Contacts?where=Name%3D', 'Reports/TrialBalance?date=soon']) {
      const { status, json } = await user.get(path);
      expect(status).toBe(400);
      expect(accounting?.answerFaults('Error', json)).toEqual([]);
    }
  });

  test('a wrong answer does not pass', async () => {
    const { json } = await user.get('Invoices?page=1&pageSize=1');
    json.Invoices[0].Total = '12.00';
    json.Invoices[0].Status = 'PAYED';
    json.Invoices[0].InvoiceID = 'x';
    json.Invoices[0].Contact.Nmae = 'Ann';
    const faults = known.without(accounting?.answerFaults('Invoices', json) ?? []);
    expect(faults).toHaveLength(4);
    expect(faults.at(-1)).toBe('Contact.Nmae is not in the file');
  });

  afterAll(() => {
    expect(known.neverMet(), 'faults of the file that nothing meets any more').toEqual([]);
  });
});

/** By what they call themselves, wherever in the sandbox they are: one that is not routed yet is found as well. */
async function endpoints(): Promise<string[]> {
  const folder = fileURLToPath(new URL('../../../server/sandbox/xero', import.meta.url));
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) =>
    [...text.matchAll(/^ *plural: '(\w+)',$/gm)].map(([, plural]) => plural ?? ''),
  );
}

const faultsOf = ({ schema }: Operation, json: unknown): string[] =>
  schema === null ? ['the file has no schema'] : (accounting?.answerFaults(schema, json) ?? []);

const pluralOf = (path: string): string => path.split('/')[1] ?? '';

/** Harmless parameters that an operation has, alone and together; the required ones are in all. */
async function queriesFor({ path, parameters }: Operation, tenantId: string): Promise<string[]> {
  const has = (name: string) => parameters.some((each) => each.in === 'query' && each.name === name);
  const given = (wanted: Record<string, string>) => {
    const pairs = Object.entries(wanted).filter(([name]) => has(name));
    return pairs.length === 0 ? null : new URLSearchParams(pairs).toString();
  };
  const contact = has('contactId') ? await contactOf(tenantId, path) : '';
  // An organisation without invoices has nobody to ask about.
  if (contact === null) return [];
  const required = contact === '' ? '' : `contactId=${contact}&`;
  const isReport = path.startsWith('/Reports/');
  const queries = isReport
    ? [
        '',
        given({ date: '2026-09-30', fromDate: '2026-09-01', toDate: '2026-09-30' }),
        has('fromDate') && has('periods')
          ? 'fromDate=2026-10-01&toDate=2026-10-31&periods=11&timeframe=MONTH'
          : null,
        has('date') && has('periods')
          ? `periods=2&timeframe=${path.includes('Budget') ? '3' : 'YEAR'}`
          : null,
        given({ standardLayout: 'true' }),
      ]
    : [
        '',
        given({ page: '1', pageSize: '1000', unitdp: '4', includeArchived: 'true', includeDeleted: 'true' }),
        given({ summaryOnly: 'true' }),
      ];
  return [...new Set(queries.filter((query) => query !== null))].map((query) => `?${required}${query}`);
}

async function contactOf(tenantId: string, path: string): Promise<string | null> {
  const type = path.includes('Payables') ? 'ACCPAY' : 'ACCREC';
  const where = encodeURIComponent(`Type=="${type}" AND Status=="AUTHORISED"`);
  const { json } = await user.get(`Invoices?page=1&where=${where}`, { 'xero-tenant-id': tenantId });
  return json.Invoices[0]?.Contact.ContactID ?? null;
}

/** Of records that differ in state or kind, as many as there are ways; whatever the path calls its parameter is a field of theirs. */
async function idsFor({ path }: Operation, tenantId: string): Promise<string[]> {
  const plural = pluralOf(path);
  const field = /\{(\w+)\}/.exec(path)?.[1] ?? '';
  const query =
    plural === 'BankTransfers' ? '?includeDeleted=true' : '?page=1&pageSize=1000&includeArchived=true';
  const { json } = await user.get(`${plural}${query}`, { 'xero-tenant-id': tenantId });
  const records: Record<string, unknown>[] = json[plural].filter((record: object) => field in record);
  const kindOf = (record: Record<string, unknown>) =>
    [record['Type'], record['Status'], record['ContactStatus'], record['PaymentType']].join(' ');
  return [...new Map(records.map((record) => [kindOf(record), String(record[field])])).values()];
}
