import { expect, it } from 'vitest';
import { missingOf, scopesOf } from '../../server/domain/scopes.ts';
import { reports, resources } from '../../server/resources/index.ts';

it('asks Xero for what each resource and report needs, to read only', () => {
  const needed = new Set([...resources, ...reports].map(({ scope }) => scope));
  const asked = scopesOf.xero.filter((scope) => scope.startsWith('accounting.'));
  expect(asked.filter((scope) => !scope.endsWith('.read'))).toEqual([]);
  expect([...needed].filter((scope) => !asked.includes(scope))).toEqual([]);
  expect(asked.filter((scope) => !needed.has(scope))).toEqual([]);
});

it('names in plain words what was not given; a scope to write reads too', () => {
  const rest = scopesOf.xero.filter((scope) => scope !== 'accounting.manualjournals.read');
  expect(missingOf(scopesOf.xero)).toEqual([]);
  expect(missingOf(rest)).toEqual(['manual journals']);
  expect(missingOf([...rest, 'accounting.manualjournals'])).toEqual([]);
});
