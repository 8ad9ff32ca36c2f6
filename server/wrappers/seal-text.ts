/** Short secrets, such as tokens, sealed for the store: each under a data key of its own, which Keys wraps. */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { FatalError } from '../errors.ts';
import type { Ports } from '../ports.ts';

/**
 * `context` names owner and field, as `grants/<id>/refreshToken`: a sealed text moved to another place does not open.
 * The answer reads `s1.<iv, ciphertext and tag in base64url>.<wrapped data key>`; two sealings of one text differ.
 */
export const sealText = async (
  { keys, random }: Pick<Ports, 'keys' | 'random'>,
  context: string,
  text: string,
): Promise<string> => {
  const dataKey = random.bytes(32);
  const iv = random.bytes(12);
  const wrapped = await keys.wrap(dataKey, context);
  const cipher = createCipheriv('aes-256-gcm', dataKey, iv).setAAD(associated(context, wrapped));
  const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  dataKey.fill(0);
  return `${version}.${sealed.toString('base64url')}.${wrapped}`;
};

/** FatalError `BLOB_DAMAGED` (with the context as its path) when it was sealed for another context or is damaged. */
export const openText = async (
  { keys }: Pick<Ports, 'keys'>,
  context: string,
  sealedText: string,
): Promise<string> => {
  const [, found, text = '', wrapped = ''] = /^([^.]*)\.([\w-]*)\.(.*)$/s.exec(sealedText) ?? [];
  const sealed = Buffer.from(text, 'base64url');
  if (found !== version || sealed.length < 28) throw new FatalError('BLOB_DAMAGED', { path: context });
  const dataKey = await keys.unwrap(wrapped, context);
  const decipher = createDecipheriv('aes-256-gcm', dataKey, sealed.subarray(0, 12));
  decipher.setAAD(associated(context, wrapped)).setAuthTag(sealed.subarray(-16));
  const plain = decipher.update(sealed.subarray(12, -16));
  try {
    decipher.final();
  } catch (error) {
    throw new FatalError('BLOB_DAMAGED', { path: context }, error);
  } finally {
    dataKey.fill(0);
  }
  return plain.toString('utf8');
};

const version = 's1';

const associated = (context: string, wrapped: string): Buffer =>
  Buffer.from(`${version}\0${wrapped}\0${context}`);
