/** Planted: a stranger runs an exporter of another team. */
import type { Bug } from './planted.ts';

export const noOwnerFilter: Bug = {
  name: 'no-owner-filter',
  breaks: 'a stranger runs an exporter of another team',
  file: 'server/engine/start-run.ts',
  search: 'exporter.data.teamId !== input.teamId ||',
  replace: '',
  by: 'T3',
};
