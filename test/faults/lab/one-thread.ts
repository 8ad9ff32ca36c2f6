/**
 * Preloaded into the lab's own processes: zlib works at once instead of on other threads, so that nothing but the scheduler
 * decides what comes first. Answers are those of Node's own synchronous functions.
 */
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
