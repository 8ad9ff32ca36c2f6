/** Planted: an answer that was lost counts as the end of the grant. */
import type { Bug } from './planted.ts';

export const lostAnswerEndsGrant: Bug = {
  name: 'lost-answer-ends-grant',
  breaks: 'an answer that was lost counts as the end of the grant',
  file: 'server/engine/access/refresh-grant.ts',
  search: '    if (error instanceof UserError) {\n      await endGrant',
  replace: '    if (error instanceof UserError || error instanceof RetryError) {\n      await endGrant',
  by: 'I7',
  habits: { rounds: 3, wire: 0.1 },
};
