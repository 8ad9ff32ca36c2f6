/** Keys from a file that only its owner may read. */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { FatalError } from '../errors.ts';
import type { Keys, Random } from '../ports.ts';

const keyFileSchema = z.object({
  v: z.literal(1),
  /** The key that wraps from now on. */
  current: z.string(),
  /** Key id → 32 bytes in base64. Old keys stay: what they wrapped must open for ever. */
  keys: z.record(z.string().regex(/^[0-9a-f]{16}$/), z.base64().length(44)),
});
type KeyFile = z.infer<typeof keyFileSchema>;

export interface FileKeys extends Keys {
  /** Wraps with a new key from now on; everything wrapped before still opens. */
  rotate(): Promise<void>;
}

/**
 * The file is made with one key when it is missing. FatalError `CONFIG_INVALID` when others may read it or when it is no key file.
 * A wrapped key reads `k1.<key id>.<iv, ciphertext and tag in base64url>`: AES-256-GCM, the key id and the context authenticated.
 */
export const keyFile = (path: string, random: Random): FileKeys => {
  mkdirSync(dirname(path), { recursive: true });
  let file = readKeyFile(path) ?? createKeyFile(path, random);
  const keyOf = (id: string): Buffer | undefined => {
    // Another process may have rotated since.
    if (!(id in file.keys)) file = readKeyFile(path) ?? file;
    const text = Object.hasOwn(file.keys, id) ? file.keys[id] : undefined;
    return text === undefined ? undefined : Buffer.from(text, 'base64');
  };

  return {
    async wrap(key, context) {
      const id = file.current;
      const own = keyOf(id);
      if (!own) throw invalid('its current key is missing');
      const iv = random.bytes(12);
      const cipher = createCipheriv('aes-256-gcm', own, iv).setAAD(associated(id, context));
      const sealed = Buffer.concat([iv, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
      return `k1.${id}.${sealed.toString('base64url')}`;
    },
    async unwrap(wrapped, context) {
      const [version, id = '', text = ''] = wrapped.split('.');
      const own = version === 'k1' ? keyOf(id) : undefined;
      const sealed = Buffer.from(text, 'base64url');
      if (!own || sealed.length < 28) throw new FatalError('BLOB_DAMAGED', { path: context });
      const decipher = createDecipheriv('aes-256-gcm', own, sealed.subarray(0, 12));
      decipher.setAAD(associated(id, context)).setAuthTag(sealed.subarray(-16));
      const key = decipher.update(sealed.subarray(12, -16));
      try {
        decipher.final();
      } catch (error) {
        throw new FatalError('BLOB_DAMAGED', { path: context }, error);
      }
      return new Uint8Array(key);
    },
    async rotate() {
      const before = readKeyFile(path) ?? file;
      file = withNewKey(before.keys, random);
      renameSync(writeDraft(path, file, random), path);
      flush(dirname(path));
    },
  };
};

const associated = (id: string, context: string): Buffer => Buffer.from(`${id}\0${context}`);

const invalid = (problem: string): FatalError =>
  new FatalError('CONFIG_INVALID', { field: 'key file', problem });

const readKeyFile = (path: string): KeyFile | undefined => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return undefined;
  if (found.mode & 0o077) throw invalid('others may read it; run chmod 600 on it');
  const parsed = keyFileSchema.safeParse(jsonOrUndefined(readFileSync(path, 'utf8')));
  if (!parsed.success) throw invalid('it is not a key file, or it is damaged');
  return parsed.data;
};

/** Of two processes that begin together one makes the file, and both use it. */
const createKeyFile = (path: string, random: Random): KeyFile => {
  const draft = writeDraft(path, withNewKey({}, random), random);
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    unlinkSync(draft);
  }
  flush(dirname(path));
  const made = readKeyFile(path);
  if (!made) throw invalid('it could not be made');
  return made;
};

const withNewKey = (keys: KeyFile['keys'], random: Random): KeyFile => {
  const current = Buffer.from(random.bytes(8)).toString('hex');
  return { v: 1, current, keys: { ...keys, [current]: Buffer.from(random.bytes(32)).toString('base64') } };
};

const writeDraft = (path: string, file: KeyFile, random: Random): string => {
  const draft = `${path}.${Buffer.from(random.bytes(8)).toString('hex')}`;
  const descriptor = openSync(draft, 'wx', 0o600);
  try {
    writeSync(descriptor, `${JSON.stringify(file, null, 2)}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  chmodSync(draft, 0o600);
  return draft;
};

const flush = (folder: string): void => {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

const jsonOrUndefined = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Said by the caller, without the text: it may hold keys.
  }
};
