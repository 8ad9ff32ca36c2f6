/** Planted: a token is logged when it is renewed. */
import type { Bug } from './planted.ts';

export const tokenInLog: Bug = {
  name: 'token-in-log',
  breaks: 'a token is logged when it is renewed',
  file: 'server/engine/access/refresh-grant.ts',
  search: '    await storeTokens(ports, grantId, lease, tokens);',
  replace:
    "    await storeTokens(ports, grantId, lease, tokens);\n    ports.log.info('renewed', { tokens });",
  by: 'I11',
};
