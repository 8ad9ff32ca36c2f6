/** The copies of an exporter as it stands: what a person's run and one by schedule have in common. */
import { datasetById, needsOf } from '../datasets/index.ts';
import type { Exporter } from '../domain/exporter.ts';
import { type Confirmation, planSteps } from './plan-steps.ts';

/** UserError `INVALID_INPUT` or `NOT_FOUND` when its dataset or parameters are no more. */
export const planRun = (exporterId: string, exporter: Exporter, confirm: readonly Confirmation[] = []) =>
  planSteps(exporterId, exporter, needsOf(datasetById(exporter.dataset), exporter.params), confirm);
