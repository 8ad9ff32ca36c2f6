/** Planted: calls are made with whatever token was first. */
import type { Bug } from './planted.ts';

export const othersToken: Bug = {
  name: 'others-token',
  breaks: 'calls are made with whatever token was first',
  file: 'server/engine/access/access-token.ts',
  search: 'const present = flights.get(key);',
  replace: 'const present = flights.get(key) ?? [...flights.values()][0];',
  by: ['I1', 'I5', 'I8'],
};
