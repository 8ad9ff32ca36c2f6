/** Previews of what the mirror holds: every dataset, read or not, and any text to compare with; no call to Xero. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectProblem } from '../support/expect-problem.ts';
import { temporaryFolders } from '../support/folders.ts';
import type { Answered } from '../support/http-asker.ts';
import { amelia, type ServedPerson, servedPerson } from '../support/served-person.ts';
import { type ServedWorld, servedWorld } from '../support/served-world.ts';

const folder = temporaryFolders();
let world: ServedWorld;
let person: ServedPerson;
let connectionId: string;
beforeAll(async () => {
  world = await servedWorld({ folder: folder() });
  await world.work();
  person = await servedPerson(world, amelia);
  connectionId = (await person.connectXero())[0]?.id ?? '';
  const { id } = await person.makeExporter(connectionId);
  expect((await person.runToEnd(id)).error).toBeNull();
});
afterAll(() => world.close());

async function preview(choice: object): Promise<Answered> {
  const calls = world.asked.length;
  const answer = await person.ask('/api/v1/preview', {
    method: 'POST',
    headers: person.changing,
    body: { connectionId, ...choice },
  });
  expect(world.asked.length).toBe(calls);
  return answer;
}

it('every dataset answers: with rows when it was read, else that it was not', async () => {
  const { datasets } = await person.call('getCatalogue', {});
  const answers = [];
  for (const { id } of datasets) {
    const { status, json } = await preview({ dataset: id, limit: 2 });
    const { isRead, rows } = json as { isRead: boolean; rows: unknown[] };
    answers.push({ id, status, isRead, rows: rows.length });
  }
  const ofContacts: Record<string, number> = {
    contacts: 2,
    'contact-group-members': 2,
    'contact-persons': 0,
  };
  expect(answers).toEqual(
    datasets.map(({ id }) => ({
      id,
      status: 200,
      isRead: id in ofContacts,
      rows: ofContacts[id] ?? 0,
    })),
  );
});

it.each([
  "' OR 1=1 --",
  '"; DROP TABLE records; --',
  '%',
  '_',
  '\\',
  '$1',
  '?',
  '{{x}}',
  '\u202e',
  '\u0001',
  '=1+1',
  '😀',
  'x'.repeat(500),
])('a text to compare with is only compared: %s', async (value) => {
  for (const op of ['is', 'contains', 'one-of', 'from', 'to']) {
    const answer = await preview({ dataset: 'contacts', filters: [{ column: 'name', op, values: [value] }] });
    expect(answer.status, answer.text).toBe(200);
    const names = (answer.json as { rows: string[][] }).rows.map(([name = '']) => name);
    if (op === 'is' || op === 'one-of') expect(names.filter((name) => name !== value)).toEqual([]);
    if (op === 'contains')
      expect(names.filter((name) => !name.toLowerCase().includes(value.toLowerCase()))).toEqual([]);
  }
});

it('what no text holds is refused by its place', async () => {
  for (const value of ['\u0000', 'a\ud800b']) {
    const answer = await preview({
      dataset: 'contacts',
      filters: [{ column: 'name', op: 'is', values: [value] }],
    });
    expect(expectProblem(answer, 'INVALID_INPUT').field).toBe('filters.0.values.0');
  }
});
