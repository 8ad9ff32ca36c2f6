/** The order of segments in one commit: what was written last counts, also when it had been written before. */
import { expect, it } from 'vitest';
import { collect, cutOf, mergeOf, mirrorIn, mirrorWorlds, requestOf } from './world.ts';

const worlds = mirrorWorlds();

it('a record that changed and changed back within one pull is what it was', async () => {
  const mirror = await mirrorIn(worlds.ports());
  const rate = (name: string) =>
    mirror.writeSegment('tax-rates', cutOf('tax-rates', { TaxType: 'T', Name: name }), 1);
  const segments = [await rate('first'), await rate('second'), await rate('first')];
  await mirror.commit({ expected: 0, operationId: 'o', changes: { 'tax-rates': mergeOf(...segments) } });
  expect((await collect(mirror, requestOf('tax-rates', ['name']))).rows).toEqual([['first']]);
});
