/** What Xero sends for the first time: noticed once, counted by text and not by reading, told to the run that met it. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Field, FieldTree } from '../../../../server/domain/field-tree.ts';
import { pullWorld } from './pull-world.ts';

let world = pullWorld();
afterEach(() => world.close());

const field = (name: string, values: string[] = []): Field => ({ name, kind: 'text', fields: [], values });
const fieldTree: FieldTree = {
  fieldsOf: () => [],
  sentIn: () =>
    ['InvoiceID', 'Date', 'UpdatedDateUTC'].map((name) => field(name)).concat(field('Status', ['PAID'])),
};

function seeded(): typeof world {
  world = pullWorld({}, fieldTree);
  for (let n = 0; n < 7; n += 1) world.xero.put('invoices', `id-${n}`, { Status: 'PAID' });
  world.later(86_400_000);
  return world;
}

const pull = () => world.pull({ resources: ['invoices'] });
const known = async () =>
  ((await world.mirror.index()).resources['invoices']?.news ?? []).map(({ path, value, records }) => [
    path,
    value,
    records,
  ]);

describe('what is new in records', () => {
  it('is nothing where every field and value is known', async () => {
    seeded();
    const run = await pull();
    expect(run.news).toEqual([]);
    expect(await known()).toEqual([]);
  });

  it('is noticed by the first sweep and by a look for changes, and told to the run that met it', async () => {
    seeded();
    world.xero.put('invoices', 'id-3', { Rating: 4 });
    expect((await pull()).news).toEqual([{ what: 'Invoices', path: 'Rating', value: null }]);
    world.later(60_000);
    world.xero.put('invoices', 'id-4', { Rating: 5, Status: 'ONHOLD' });
    expect((await pull()).news).toEqual([{ what: 'Invoices', path: 'Status', value: 'ONHOLD' }]);
    expect(await known()).toEqual([
      ['Rating', null, 2],
      ['Status', 'ONHOLD', 1],
    ]);
  });

  it('counts a text once, however often it is read', async () => {
    seeded();
    world.xero.put('invoices', 'id-3', { Rating: 4 });
    for (let n = 0; n < 3; n += 1) {
      await pull();
      world.later(1_000);
    }
    world.later(8 * 86_400_000);
    expect((await pull()).news).toEqual([]);
    expect(await known()).toEqual([['Rating', null, 1]]);
  });

  it('is a list beside the records too: kept as sent, told once, and not stored again while it stays', async () => {
    seeded();
    const { read } = world.xero;
    world.xero.read = async (connection, request, priority) => {
      const answer = await read(connection, request, priority);
      const text = Buffer.from(answer.body).toString();
      const beside = '"Widgets":[{"WidgetID":"w1","Size":1.50}],"Invoices":';
      return { ...answer, body: Buffer.from(text.replace('"Invoices":', beside)) };
    };
    expect((await pull()).news).toEqual([{ what: 'Invoices', path: '^Widgets', value: null }]);
    expect(world.mirror.live('invoices')).toEqual(world.xero.raws('invoices'));
    expect([...world.mirror.live('invoices.Widgets')]).toEqual([['w1', '{"WidgetID":"w1","Size":1.50}']]);
    const { generation } = await world.mirror.index();
    world.later(60_000);
    expect((await pull()).news).toEqual([]);
    expect((await world.mirror.index()).generation).toBe(generation);
  });
});
