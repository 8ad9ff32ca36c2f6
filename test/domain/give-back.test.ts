/** Memory given back: gone for all who look at it, and never that of others. */
import { expect, it } from 'vitest';
import { giveBack } from '../../server/domain/give-back.ts';

it('takes long bytes from all who look at them, once and for all', () => {
  const bytes = Buffer.alloc(100_000, 1);
  const part = bytes.subarray(10, 20);
  giveBack(part);
  giveBack(part);
  expect([bytes.length, part.length, part.buffer.byteLength]).toEqual([0, 0, 0]);
});

it('leaves short bytes alone, whose memory is that of others too', () => {
  const [one, other] = [Buffer.from('one'), Buffer.from('other')];
  giveBack(one);
  expect([one.toString(), other.toString()]).toEqual(['one', 'other']);
});

it('leaves memory alone that several processes or threads look at', () => {
  const shared = new Uint8Array(new SharedArrayBuffer(100_000)).fill(1);
  giveBack(shared);
  expect(shared.length).toBe(100_000);
});
