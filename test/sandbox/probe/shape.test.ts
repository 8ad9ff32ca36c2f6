import { describe, expect, it } from 'vitest';
import { answerOf } from '../../../server/sandbox/probe/caller.ts';
import { reportTexts } from '../../../server/sandbox/probe/report.ts';
import { bodyShape, seen } from '../../../server/sandbox/probe/shape.ts';

const json = { 'content-type': 'application/json' };

describe('what a report keeps of an answer', () => {
  it('is names of fields, types, places of numbers and counts, and no value', () => {
    const text = `{"Id":"7d1f3c52-6b0e-4f2a-9a31-2c8f0f5f1a01","Contacts":[
      {"Name":"Ann","Balance":12.50,"Rate":1.0000000000,"Since":"\\/Date(1795220986939+0000)\\/"},
      {"Name":"","Balance":7,"Day":"2026-11-20T00:00:00","IsGone":true,"Groups":[]}]}`;
    expect(bodyShape(text)).toEqual({
      Id: 'guid',
      Contacts: {
        list: 2,
        of: {
          Name: 'empty text or text',
          Balance: 'number with 2 places or whole number',
          Rate: 'number with 10 places',
          Since: '/Date(ms+0000)/',
          Day: 'like 0000-00-00T00:00:00',
          IsGone: 'boolean',
          Groups: { list: 0 },
        },
      },
    });
    expect(bodyShape('Ann owes 12.50')).toBe('text of 14 characters');
    expect(bodyShape('')).toBe('nothing');
  });

  it('is the provider’s own words of a refusal, without ids, addresses and tokens, and not what it echoes', () => {
    const refused = answerOf(
      400,
      { ...json, 'set-cookie': 'secret', 'x-rate-limit-problem': 'minute' },
      JSON.stringify({
        ErrorNumber: 10,
        Message:
          'no 7d1f3c52-6b0e-4f2a-9a31-2c8f0f5f1a01 for ann@example.com by eyJhbGciOiJSUzI1NiIsInR5cCI6',
        Detail: 'AuthenticationUnsuccessful',
        Elements: [{ Name: 'Ann' }],
      }),
    );
    expect(seen('GET x', refused)).toEqual({
      asked: 'GET x',
      status: 400,
      headers: { ...json, 'x-rate-limit-problem': 'minute' },
      body: {
        ErrorNumber: 'whole number',
        Message: '"no {guid} for {address} by {token}"',
        Detail: '"AuthenticationUnsuccessful"',
        Elements: { list: 1, of: { Name: 'text' } },
      },
    });
    expect(seen('GET x', answerOf(503, {}, 'The Organisation is offline')).body).toBe(
      'text "The Organisation is offline"',
    );
  });
});

it('a report that would hold a secret is not made', () => {
  const report = { date: '2026-11-20', hosts: ['x'], calls: 1, results: [] };
  expect(reportTexts(report, ['hidden']).markdown).toContain('# Probe of 2026-11-20');
  expect(() => reportTexts({ ...report, hosts: ['hidden'] }, ['hidden'])).toThrow('was not written');
});
