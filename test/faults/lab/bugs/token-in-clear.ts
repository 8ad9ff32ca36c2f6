/** Planted: tokens are stored as they are. */
import type { Bug } from './planted.ts';

export const tokenInClear: Bug = {
  name: 'token-in-clear',
  breaks: 'tokens are stored as they are',
  file: 'server/wrappers/seal-text.ts',
  search: "  return `${version}.${sealed.toString('base64url')}.${wrapped}`;",
  replace: "  return `${version}.${sealed.toString('base64url')}.${wrapped}${'\\0'}${text}`;",
  by: ['I11', 'bug'],
};
