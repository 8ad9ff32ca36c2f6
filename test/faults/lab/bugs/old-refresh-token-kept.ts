/** Planted: the new refresh token is not stored. */
import type { Bug } from './planted.ts';

export const oldRefreshTokenKept: Bug = {
  name: 'old-refresh-token-kept',
  breaks: 'the new refresh token is not stored',
  file: 'server/engine/access/refresh-grant.ts',
  search: 'sealedRefreshToken: sealedRefreshToken || grant.sealedRefreshToken,',
  replace: 'sealedRefreshToken: grant.sealedRefreshToken,',
  by: 'I7',
};
