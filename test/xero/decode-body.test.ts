import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBody } from '../../server/xero/decode-body.ts';

const most = 9 << 20;
const answer = (body: Uint8Array) => ({ status: 200, headers: { 'content-encoding': 'gzip' }, body });
/** Bytes that look like anything but a run of one byte. */
const text = (bytes: number) => Buffer.from(Array.from({ length: bytes }, (_, at) => (at * at) % 251));

describe('decodeBody', () => {
  it('decodes a body of any size, whatever is left over of the last piece', async () => {
    const size = fc.oneof(
      fc.nat(300),
      fc.constantFrom(1 << 20, (1 << 20) - 1, (1 << 20) + 1, 3_200_000, (1 << 23) + 5),
    );
    await fc.assert(
      fc.asyncProperty(size, async (bytes) => {
        const body = text(bytes);
        const decoded = await decodeBody(answer(gzipSync(body)), most);
        expect(body.equals(decoded)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('decodes a gzip that is a view into a larger buffer by its own trailer', async () => {
    const body = text(70_000);
    const gzip = gzipSync(body);
    const around = Buffer.alloc(gzip.length + 64, 0xff);
    around.set(gzip, 13);
    const decoded = await decodeBody(answer(around.subarray(13, 13 + gzip.length)), most);
    expect(body.equals(decoded)).toBe(true);
  });

  it.each([0, 1, 10_000, 0xffff_ffff])('refuses a trailer that lies about the length (%i)', async (said) => {
    const gzip = gzipSync(text(70_000));
    gzip.writeUInt32LE(said, gzip.length - 4);
    await expect(decodeBody(answer(gzip), most)).rejects.toMatchObject({ code: 'XERO_ANSWER_BROKEN' });
  });

  it.each([0, 3, 17, 100])('refuses a gzip cut after %i bytes', async (kept) => {
    const gzip = gzipSync(text(70_000)).subarray(0, kept);
    await expect(decodeBody(answer(gzip), most)).rejects.toMatchObject({ code: 'XERO_ANSWER_BROKEN' });
  });

  it.each([100, 100_000, 3_000_000])('refuses what is larger than %i bytes when decoded', async (limit) => {
    expect(await decodeBody(answer(gzipSync(text(limit))), limit)).toHaveLength(limit);
    await expect(decodeBody(answer(gzipSync(text(limit + 1))), limit)).rejects.toMatchObject({
      code: 'XERO_ANSWER_BROKEN',
    });
  });
});
