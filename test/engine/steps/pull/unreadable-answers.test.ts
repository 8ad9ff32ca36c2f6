/** Answers of Xero that do not parse: the run is told so, and nobody reads their text in the log. */
import { afterEach, describe, expect, it } from 'vitest';
import { describeError } from '../../../../server/engine/describe-error.ts';
import { pullWorld } from './pull-world.ts';

let world = pullWorld();
afterEach(() => world.close());
const tb = 'trial-balance?basis=accrual&period=year-to-date';

function answering(path: string, from: string, to: string) {
  world = pullWorld();
  world.xero.put('organisation', 'o1', { FinancialYearEndMonth: 3, APIKey: 'CANARY' });
  world.xero.put('accounts', 'a1', { Name: 'CANARY' });
  world.xero.reports.set('Reports/TrialBalance', () => ({
    ReportName: 'CANARY',
    Rows: [{ RowType: 'Row', Title: 'a CANARY' }],
  }));
  world.later(86_400_000);
  const { read } = world.xero;
  world.xero.read = async (connection, request, priority) => {
    const answer = await read(connection, request, priority);
    if (request.path !== path) return answer;
    const text = Buffer.from(answer.body).toString();
    expect(text).toContain(from);
    return { ...answer, body: Buffer.from(text.replace(from, to)) };
  };
  return world;
}

describe.each([
  ['an organisation that is broken', 'Organisation', '"APIKey":"CANARY"', '"APIKey":"CANARY'],
  ['an organisation whose record is broken', 'Organisation', '"APIKey":"CANARY"', '"APIKey":"CANARY",,'],
  ['an organisation whose record has a bare word', 'Organisation', '"APIKey":"CANARY"', '"APIKey":CANARY'],
  [
    'an organisation with an escape that means nothing',
    'Organisation',
    '"APIKey":"CANARY"',
    '"APIKey":"CANARY\\x"',
  ],
  ['a report with an escape that means nothing', 'Reports/TrialBalance', '"a CANARY"', '"a CANARY\\x"'],
  ['a report that is broken', 'Reports/TrialBalance', '"CANARY"', '"CANARY" 1'],
  ['a list in a broken answer', 'Accounts', '"Status":"OK"', '"Status":"CANARY'],
])('%s', (_, path, from, to) => {
  it('ends the run by name and shows nothing of it', async () => {
    const error = await answering(path, from, to)
      .pull({ reports: [tb] })
      .then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
    expect(error).toMatchObject({ code: 'XERO_PAGE_UNREADABLE' });
    expect(describeError(error)).not.toMatch(/CANAR/);
  });
});
