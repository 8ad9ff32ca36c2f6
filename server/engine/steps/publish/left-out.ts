/** What may happen to one of several publishes without any harm to the others. */
import { RetryError, WaitError } from '../../../errors.ts';

/** It cannot go with the others, and is done by its own run. It never leaves the publish step. */
export class LeftOut extends Error {}

/** What concerns the spreadsheet or Google as a whole, or whose outcome is not known: asking again one by one would not help. */
export const isPassingTrouble = (error: unknown): boolean =>
  error instanceof WaitError || (error instanceof RetryError && error.code !== 'SHEET_CHANGED');
