/** Records whose text does not parse: kept under their own id while it can be told, mended by the next text that parses. */
import { afterEach, describe, expect, it } from 'vitest';
import { pullWorld } from './pull-world.ts';

let world = pullWorld();
afterEach(() => world.close());

/** Nine invoices, read once; then `id-4` is served with part of its text replaced until it is mended. */
async function broken(from: string, to: string) {
  world = pullWorld();
  for (let n = 0; n < 9; n += 1) world.xero.put('invoices', `id-${n}`, { Total: 7 });
  world.later(86_400_000);
  await world.pull({ resources: ['invoices'] });
  const { read } = world.xero;
  let isBroken = true;
  const spoil = (text: string): string => {
    const at = text.indexOf('"InvoiceID":"id-4"');
    return at < 0 || !isBroken ? text : text.slice(0, at) + text.slice(at).replace(from, to);
  };
  world.xero.read = async (connection, request, priority) => {
    const answer = await read(connection, request, priority);
    return { ...answer, body: Buffer.from(spoil(Buffer.from(answer.body).toString())) };
  };
  world.xero.put('invoices', 'id-4', { Total: 8 });
  const mend = (): void => {
    isBroken = false;
  };
  return { pull: () => world.pull({ resources: ['invoices'] }), mend, spoil };
}

describe('a record that breaks', () => {
  it('takes the place of its older text, and is mended by the next pull that reads it whole', async () => {
    const { pull, mend, spoil } = await broken('"Total":8', '"Total":08');
    await pull();
    expect(world.mirror.live('invoices').size).toBe(9);
    expect(world.mirror.live('invoices').get('id-4')).toBe(
      spoil(world.xero.raws('invoices').get('id-4') ?? ''),
    );
    mend();
    world.xero.put('invoices', 'id-4', { Total: 9 });
    await pull();
    expect(world.mirror.live('invoices')).toEqual(world.xero.raws('invoices'));
  });

  it('does not end the sweep that looks it up, though its answer has no readable id', async () => {
    const { pull } = await broken('"InvoiceID":"id-4"', '"InvoiceID":nul');
    world.later(8 * 86_400_000);
    await pull();
    const live = world.mirror.live('invoices');
    expect(live.get('id-4')).toContain('"InvoiceID":nul');
    expect([...live.keys()].filter((id) => id.startsWith('unidentified-'))).toHaveLength(1);
  });
});
