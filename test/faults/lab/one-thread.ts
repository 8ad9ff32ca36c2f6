/**
 * Preloaded into the lab's own processes: zlib and the sandboxes' signatures work at once instead of on other threads, so that
 * nothing but the scheduler decides what comes first, and nothing waits. Answers are those of Node's own synchronous functions.
 */
import { KeyObject, sign } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import zlib from 'node:zlib';

type Done = (error: Error | null, result?: unknown) => void;
type Sync = (bytes: Uint8Array, options?: object) => unknown;

for (const name of ['gzip', 'gunzip', 'deflateRaw', 'inflateRaw', 'deflate', 'inflate'] as const) {
  const act = zlib[`${name}Sync`] as Sync;
  const later = (bytes: Uint8Array, options: object | Done, done?: Done): void => {
    const answer = done ?? (options as Done);
    let result: unknown;
    try {
      result = act(bytes, done === undefined ? {} : (options as object));
    } catch (error) {
      queueMicrotask(() => answer(error as Error));
      return;
    }
    queueMicrotask(() => answer(null, result));
  };
  Object.assign(zlib, { [name]: later });
}
syncBuiltinESMExports();

const { subtle } = globalThis.crypto;
const signElsewhere = subtle.sign.bind(subtle);
Object.assign(Object.getPrototypeOf(subtle), {
  async sign(...[algorithm, key, data]: Parameters<SubtleCrypto['sign']>): Promise<ArrayBuffer | Uint8Array> {
    if (key.algorithm.name !== 'RSASSA-PKCS1-v1_5') return signElsewhere(algorithm, key, data);
    const bytes = ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data);
    return new Uint8Array(sign('sha256', bytes, KeyObject.from(key)));
  },
});
