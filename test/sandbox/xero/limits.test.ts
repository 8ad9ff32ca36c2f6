import { describe, expect, test } from 'vitest';
import { caller } from './caller.ts';

const left = (reply: { headers: Record<string, string> }) =>
  ['day', 'min', 'appmin'].map((name) => Number(reply.headers[`x-${name}limit-remaining`]));

describe('limits', () => {
  test('count down on every answer, failed ones too, each organisation on its own [xero-limit-headers] [xero-limit-failed-count]', async () => {
    const user = await caller({ rateLimits: true });
    expect(left(await user.get('TaxRates'))).toEqual([4999, 59, 9999]);
    expect(left(await user.get('Nope'))).toEqual([4998, 58, 9998]);
    expect(left(await user.get('TaxRates', { 'xero-tenant-id': user.tenantIds[1] ?? '' }))).toEqual([
      999, 59, 9997,
    ]);
  });

  test('refuse the 61st call of a minute until the organisation’s own window ends [xero-limit-minute]', async () => {
    const user = await caller({ rateLimits: true });
    for (let call = 0; call < 60; call++) expect((await user.get('TaxRates')).status).toBe(200);
    const refused = await user.get('TaxRates');
    expect([refused.status, refused.text]).toEqual([429, '']);
    expect(refused.headers['x-rate-limit-problem']).toBe('minute');
    expect(left(refused)[1]).toBe(0);
    const wait = refused.headers['retry-after'] ?? '';
    expect(wait).toMatch(/^\d+$/);
    expect(Number(wait)).toBeLessThanOrEqual(60);
    user.clock.advance(Number(wait) * 1000 - 1000);
    expect((await user.get('TaxRates')).status).toBe(429);
    user.clock.advance(1000);
    expect(left(await user.get('TaxRates'))[1]).toBe(59);
    expect(user.sandbox.control.state().organisations[0]?.refused).toEqual({ minute: 2 });
  });

  test('start each organisation’s minute at a moment of its own [xero-limit-own-windows]', async () => {
    const user = await caller({ rateLimits: true });
    user.sandbox.control.setLimits({ minute: 1 });
    const waits = [];
    for (const tenantId of user.tenantIds) {
      const headers = { 'xero-tenant-id': tenantId };
      await user.get('TaxRates', headers);
      waits.push((await user.get('TaxRates', headers)).headers['retry-after']);
    }
    expect(new Set(waits).size).toBe(user.tenantIds.length);
  });

  test('refuse past the day’s calls by tier, with hours to wait [xero-limit-day-by-tier]', async () => {
    const user = await caller({ rateLimits: true });
    user.sandbox.control.setLimits({ minute: 100_000 });
    user.sandbox.control.setTier({ tier: 'starter' });
    for (let call = 0; call < 1000; call++) await user.get('Nope');
    const refused = await user.get('TaxRates');
    expect([refused.status, refused.headers['x-rate-limit-problem']]).toEqual([429, 'day']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(60);
    user.sandbox.control.setTier({ tier: 'core' });
    expect(left(await user.get('TaxRates'))[0]).toBe(3999);
  });

  test('let five be in flight, and refuse the sixth without a Retry-After [xero-limit-concurrent]', async () => {
    const user = await caller({ rateLimits: true, latency: { baseMs: 20, perRowMs: 0 } });
    const replies = await Promise.all(Array.from({ length: 6 }, () => user.get('TaxRates')));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(replies[5]?.headers).toMatchObject({ 'x-rate-limit-problem': 'concurrent' });
    expect(replies[5]?.headers).not.toHaveProperty('retry-after');
    expect((await user.get('TaxRates')).status).toBe(200);
    expect(user.sandbox.control.state().organisations[0]?.maxInFlight).toBe(5);
  });

  test('hold the app as a whole to its minute [xero-limit-app-minute]', async () => {
    const user = await caller({ rateLimits: true });
    user.sandbox.control.setLimits({ appMinute: 3 });
    const statuses = [];
    for (const tenantId of [...user.tenantIds, ...user.tenantIds]) {
      statuses.push((await user.get('TaxRates', { 'xero-tenant-id': tenantId })).status);
    }
    expect(statuses).toEqual(statuses.map((_, at) => (at < 3 ? 200 : 429)));
    expect(statuses.length).toBeGreaterThan(3);
  });

  test('switched off, refuse nothing and say that all is left', async () => {
    const user = await caller({ rateLimits: false });
    for (let call = 0; call < 70; call++) await user.get('Nope');
    expect(left(await user.get('TaxRates'))).toEqual([5000, 60, 10_000]);
  });
});
