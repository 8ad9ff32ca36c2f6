import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../../server/domain/http-message.ts';
import { sandboxClock } from '../../../server/sandbox/clock.ts';
import { routeOf } from '../../../server/sandbox/xero/accounting/route.ts';
import { isOpenApiHere, type KnownFault, knownFaults, openApi } from '../openapi.ts';
import { type Comparison, compare, comparison } from './compare.ts';
import { type Connected, connected } from './connected.ts';
import { type Method, readMethods } from './methods.ts';

/** Fields that real answers have and the SDK's models lack (xero-api.md section 9): each must still be dropped. */
const DROPPED: readonly KnownFault[] = [
  { pattern: /^[A-Z]\w*s\.(Id|Status|ProviderName|DateTimeUTC)$/, reason: 'the envelope' },
  { pattern: /^\w+\.\w*DateString$/, reason: 'ISO twins of calendar dates (AIR)' },
  { pattern: /^Invoice\.InvoicePaymentServices$/, reason: 'AIR' },
  { pattern: /\.(HasValidationErrors|ValidationErrors)$/, reason: 'AIR, and the examples of the file' },
  { pattern: /^BankTransfer\.CreatedDateUTCString$/, reason: 'an odd twin (xero-api.md 3.4)' },
  { pattern: /^TrackingOption\.Is(Active|Archived|Deleted)$/, reason: 'xero-api.md 3.4' },
  {
    pattern: /^(CreditNote|Prepayment|Overpayment)\.ID$/,
    reason: 'the id once more, in the examples of the file',
  },
  { pattern: /^User\.GlobalUserID$/, reason: 'xero-api.md 3.2' },
];

/** Lists that leave records of a state out, whatever is asked (xero-api.md 3.2). */
const UNLISTED: Record<string, string> = { contactGroups: 'DELETED' };

/** By name of the SDK's parameter: a harmless value, undefined to leave it out, or nothing known, which fails. */
const PLAIN: Record<string, unknown> = {
  ...Object.fromEntries(
    'where order iDs invoiceNumbers contactIDs statuses searchTerm summaryOnly createdByMyApp references'
      .split(' ')
      .map((name) => [name, undefined]),
  ),
  offset: 0,
  page: 1,
  pageSize: 1000,
  unitdp: 4,
  includeArchived: true,
  includeDeleted: true,
  ifModifiedSince: new Date(Date.UTC(2020, 0, 1)),
  date: '2026-10-31',
  fromDate: '2026-10-01',
  toDate: '2026-10-31',
  periods: 2,
  timeframe: 'MONTH',
  standardLayout: true,
  paymentsOnly: undefined,
  trackingCategoryID: undefined,
  trackingCategoryID2: undefined,
  trackingOptionID: undefined,
  trackingOptionID1: undefined,
  trackingOptionID2: undefined,
};

const served = readMethods().filter((method) => {
  const route = routeOf(method.path.slice(1).replace(/\{\w+\}/g, 'x'));
  return route !== null && route.name.includes('{') === method.path.includes('{');
});
const isLook = ({ path }: Method) => path.includes('{');

let world: Connected;
const total: Comparison = comparison();
beforeAll(async () => {
  // It stands still, so that an answer asked for twice is the same; at the real time, which the SDK holds the id token to.
  const start = Date.now();
  world = await connected(sandboxClock(() => start));
  // Else premium endpoints are refused.
  for (const { tenantId: organisation } of world.sandbox.organisations)
    world.sandbox.control.setTier({ organisation, tier: 'advanced' });
});
afterAll(() => world[Symbol.asyncDispose]());

describe('xero-node', () => {
  it.each(served.map((method) => [method.name, method] as const))(
    '%s reads what the sandbox sent',
    async (_, method) => {
      const found = comparison();
      for (const { tenantId } of world.sandbox.organisations) {
        const needsContact = method.parameters.includes('contactId');
        // An organisation without invoices has nobody to ask about.
        if (needsContact && (await contactOf(method.path, tenantId)) === '') continue;
        const calls = isLook(method)
          ? await looks(method, tenantId)
          : [...(needsContact ? [] : [[tenantId]]), await every(method, tenantId)];
        for (const given of calls) {
          const { body, request } = await call(method, given);
          compare(found, body, await world.again(request), method.name);
        }
      }
      expect(found.wrong.slice(0, 10)).toEqual([]);
      expect(found.compared).toBeGreaterThan(5);
      for (const field of found.dropped) total.dropped.add(field);
      for (const field of found.datesInText) total.datesInText.add(field);
    },
  );

  it('would not pass for one that reads a number as text, loses a record or shifts a date', async () => {
    const [organisation] = world.sandbox.organisations;
    const { body, request } = await call(served.find(({ name }) => name === 'getInvoices') as Method, [
      organisation?.tenantId,
    ]);
    const spoilt = async (spoil: (invoices: Record<string, unknown>[]) => void) => {
      const wire = await world.again(request);
      spoil(wire['Invoices'] as Record<string, unknown>[]);
      const found = comparison();
      compare(found, body, wire, 'getInvoices');
      return found.wrong.length;
    };
    expect(await spoilt(() => undefined)).toBe(0);
    expect(await spoilt(([first]) => Object.assign(first ?? {}, { Total: '12.00' }))).toBeGreaterThan(0);
    expect(await spoilt((invoices) => invoices.pop())).toBeGreaterThan(0);
    expect(await spoilt(([first]) => Object.assign(first ?? {}, { Date: '/Date(1+0000)/' }))).toBeGreaterThan(
      0,
    );
  });

  it('drops the fields that its models are known to lack, and no other', () => {
    const known = knownFaults(DROPPED);
    expect(known.without([...total.dropped])).toEqual([]);
    expect(known.neverMet()).toEqual([]);
  });

  it('makes dates of texts where Xero writes a date, and of no text of people', () => {
    // Calendar dates that the SDK types as texts and turns into instants all the same (xero-node#746).
    expect(total.datesInText.size).toBeGreaterThan(5);
    expect([...total.datesInText].filter((field) => !/Date$/.test(field))).toEqual([]);
  });

  it('reads every record of every list that the books hold', async () => {
    const [company] = world.sandbox.companies;
    for (const method of served.filter((each) => !isLook(each) && !each.path.startsWith('/Reports'))) {
      const { body } = await call(method, await every(method, company?.tenantId ?? ''));
      const [name, list] = Object.entries(body).find(([, value]) => Array.isArray(value)) ?? ['', []];
      const rows = (company as unknown as Record<string, { isHidden?: true; status?: string }[]>)[name];
      const shown = rows?.filter(
        (row) => !row.isHidden && !(name in UNLISTED && row.status === UNLISTED[name]),
      );
      if (shown) expect([name, (list as unknown[]).length]).toEqual([name, shown.length]);
    }
  });

  it.skipIf(!isOpenApiHere)('asks as the published file describes', () => {
    const file = openApi('xero_accounting.yaml');
    const faults = world.asked.flatMap((request) => file.requestFaults(request, '/api.xro/2.0'));
    expect([...new Set(faults)]).toEqual([]);
  });
});

/** One call through the SDK, and the request that it became. */
async function call(
  { name }: Method,
  given: unknown[],
): Promise<{ body: Record<string, unknown>; request: HttpRequest }> {
  const api = world.xero.accountingApi as unknown as Record<
    string,
    (...given: unknown[]) => Promise<{ body: Record<string, unknown> }>
  >;
  const { body } = (await api[name]?.(...given)) ?? { body: {} };
  return { body, request: world.asked.at(-1) as HttpRequest };
}

/** Every parameter at its harmless value. */
async function every({ path, parameters }: Method, tenantId: string): Promise<unknown[]> {
  const values: unknown[] = [tenantId];
  for (const name of parameters.slice(1)) {
    if (name === 'contactId') values.push(await contactOf(path, tenantId));
    else if (name in PLAIN) values.push(path.includes('Budget') && name === 'timeframe' ? 3 : PLAIN[name]);
    else throw new Error(`xero-node has a parameter ${name} that this test does not know`);
  }
  return values;
}

/** A call for some records of the list that the path is under, by whatever field the path names. */
async function looks({ path, parameters }: Method, tenantId: string): Promise<unknown[][]> {
  const list = served.find((method) => method.path === path.split('/{')[0]);
  const field = /\{(\w+)\}/.exec(path)?.[1] ?? '';
  if (!list) throw new Error(`there is no list for ${path}`);
  const { request } = await call(list, await every(list, tenantId));
  const wire = await world.again(request);
  const records = Object.values(wire).find((value) => Array.isArray(value)) as Record<string, unknown>[];
  return records
    .filter((record) => record[field])
    .slice(0, 3)
    .map((record) => [tenantId, record[field], ...parameters.slice(2).map((name) => PLAIN[name])]);
}

async function contactOf(path: string, tenantId: string): Promise<string> {
  const where = `Type=="${path.includes('Payables') ? 'ACCPAY' : 'ACCREC'}" AND Status=="AUTHORISED"`;
  const { body } = await world.xero.accountingApi.getInvoices(tenantId, undefined, where);
  return body.invoices?.[0]?.contact?.contactID ?? '';
}
