/** Planted: tokens are stored as they are. */
import type { Bug } from './planted.ts';

export const tokenInClear: Bug = {
  name: 'token-in-clear',
  breaks: 'tokens are stored as they are',
  file: 'server/wrappers/seal-text.ts',
  search: 'const sealed = Buffer.concat([iv, cipher.update(text',
  replace: 'if (text.length > 0) return text;\n  const sealed = Buffer.concat([iv, cipher.update(text',
  by: 'I11',
};
