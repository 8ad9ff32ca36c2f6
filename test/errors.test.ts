/** The table of errors, and the README's table made from it. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { errorTable, FatalError, sentenceOf, UserError } from '../server/errors.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const rows = [...readme.matchAll(/^\| `([A-Z_]+)` \| (.+) \| (.+) \|$/gm)].map(([, ...cells]) => cells);

it('is told in the README row by row, in its order, with something to do', () => {
  const expected = Object.entries(errorTable).map(([code, { sentence }]) => [
    code,
    sentence.replace(/\{\w+\}/g, '…'),
  ]);
  expect(rows.map(([code, what]) => [code, what])).toEqual(expected);
  for (const [code, , whatToDo] of rows) expect(whatToDo, code).toMatch(/^[A-Z].{10,}\.$/);
});

it('names in the README the button that the person sees', () => {
  for (const [code, { button }] of Object.entries(errorTable)) {
    const row = rows.find(([name]) => name === code);
    if (button !== '') expect(row?.[2], code).toBe(`Press “${button}”.`);
  }
});

it('a status fits its kind: 4xx to a person, 429 to one who asks too often, 5xx to the rest', () => {
  for (const [code, { kind, status }] of Object.entries(errorTable))
    if (code === 'TOO_MANY_REQUESTS') expect([kind, status]).toEqual(['wait', 429]);
    else expect(Math.floor(status / 100), code).toBe(kind === 'user' ? 4 : 5);
});

it('a sentence fills its parts, keeps what has no value readable, and follows no part of a value', () => {
  expect(sentenceOf('NOT_FOUND', { what: 'run' })).toBe('There is no such run.');
  expect(sentenceOf('NEEDS_GOOGLE')).toBe('Google access of this account has ended. Sign in again to go on.');
  expect(sentenceOf('INVALID_INPUT', { field: '{problem}', problem: '$& is wrong' })).toBe(
    '{problem}: $& is wrong',
  );
});

it('an error knows its kind, its code and its cause', () => {
  const cause = new Error('inner');
  const error = new UserError('NOT_FOUND', { what: 'run' }, cause);
  expect(error).toMatchObject({ name: 'UserError', kind: 'user', code: 'NOT_FOUND', cause });
  expect(new FatalError('INTERNAL', { id: 'x' }).kind).toBe('fatal');
});
