/** Memory of bytes that nobody needs any more, given back at once. */

/**
 * Makes these bytes empty for whoever still looks at them. Left to V8, buffers of megabytes lie about until their views are collected,
 * and V8 takes what they hold for growth of its heap: with pages of Xero it then marked all that lives, 40 ms of CPU, once for every two
 * or three of them (Node 24.21, 2026-11-21). Short bytes share their memory with others and are left alone.
 */
export function giveBack({ buffer }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength > Buffer.poolSize) buffer.transfer(0);
}
