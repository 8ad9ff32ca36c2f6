import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { caller } from './caller.ts';

/** Xero's published description, kept beside the project and not in it. */
const folder =
  process.env['FOLIOKEEP_XERO_OPENAPI'] ?? join(import.meta.dirname, '../../../../shared/data/xero-openapi');
const isHere = existsSync(join(folder, 'xero_accounting.yaml'));
if (!isHere) console.warn(`SKIPPED: no published OpenAPI file in ${folder}; set FOLIOKEEP_XERO_OPENAPI`);

/** Where the file contradicts what Xero itself sends (spec 16.1): what ajv says of an instance path, and why it is let pass. */
const KNOWN_FAULTS: [pattern: RegExp, reason: string][] = [
  [
    /^\/(created|updated)DateUtc must match format "date-time"/,
    'the file asks for a zone, which the answers of /connections do not have (.NET prints seven decimals and stops)',
  ],
];

function validator(file: string): (schema: string) => ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: true });
  // The package is CommonJS: its function is both the module and its `default`.
  (addFormats as unknown as (ajv: Ajv) => void)(ajv);
  ajv.addFormat('double', true).addFormat('int64', true);
  ajv.addSchema(parse(readFileSync(join(folder, file), 'utf8')), file);
  return (schema) => ajv.compile({ $ref: `${file}#/components/schemas/${schema}` });
}

function faultsOf(validate: ValidateFunction, value: unknown): string[] {
  validate(value);
  return (validate.errors ?? [])
    .map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`)
    .filter((fault) => !KNOWN_FAULTS.some(([pattern]) => pattern.test(fault)));
}

describe.skipIf(!isHere)('every answer fits the published OpenAPI file', () => {
  test.each([
    ['Organisation', 'Organisations'],
    ['Accounts', 'Accounts'],
    ['TaxRates', 'TaxRates'],
    ['Contacts?page=1&pageSize=1000&includeArchived=true', 'Contacts'],
    ['Contacts', 'Contacts'],
    ['Invoices?page=1&pageSize=1000&unitdp=4', 'Invoices'],
    ['Invoices?summaryOnly=true', 'Invoices'],
    ['Invoices', 'Invoices'],
    ['Payments?page=1&pageSize=1000', 'Payments'],
    ['BankTransactions?page=1&pageSize=1000', 'BankTransactions'],
    ['Reports/TrialBalance', 'ReportWithRows'],
    ['Reports/ProfitAndLoss?periods=11&timeframe=MONTH', 'ReportWithRows'],
  ])('%s', async (path, schema) => {
    const validate = accounting(schema);
    const user = await caller();
    for (const tenantId of user.tenantIds) {
      const answer = await user.get(path, { 'xero-tenant-id': tenantId });
      expect(answer.status).toBe(200);
      expect(faultsOf(validate, answer.json)).toEqual([]);
    }
  });

  test('each look by id', async () => {
    const user = await caller();
    for (const [plural, id] of [
      ['Accounts', 'AccountID'],
      ['Contacts', 'ContactID'],
      ['Invoices', 'InvoiceID'],
      ['Payments', 'PaymentID'],
      ['BankTransactions', 'BankTransactionID'],
    ] as const) {
      const [first] = (await user.get(`${plural}?page=1`)).json[plural];
      const { json, status } = await user.get(`${plural}/${first[id]}`);
      expect(status).toBe(200);
      expect(json[plural]).toHaveLength(1);
      expect(faultsOf(accounting(plural), json)).toEqual([]);
    }
  });

  test('the list of connections', async () => {
    const user = await caller();
    const headers = { authorization: `Bearer ${user.tokens.access_token}` };
    const { json } = await user.send({ path: '/connections', headers });
    const validate = validator('xero-identity.yaml')('Connection');
    for (const connection of json) {
      expect(faultsOf(validate, connection)).toEqual([]);
      expect(connection.createdDateUtc).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}$/);
    }
  });

  test('a wrong answer does not pass', async () => {
    const user = await caller();
    const { json } = await user.get('Invoices?page=1&pageSize=1');
    json.Invoices[0].Total = '12.00';
    json.Invoices[0].Status = 'PAYED';
    json.Invoices[0].InvoiceID = 'x';
    expect(faultsOf(accounting('Invoices'), json)).toHaveLength(3);
  });
});

let accountingValidator: ReturnType<typeof validator> | undefined;
function accounting(schema: string): ValidateFunction {
  accountingValidator ??= validator('xero_accounting.yaml');
  return accountingValidator(schema);
}
