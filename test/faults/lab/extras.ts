/** Troubles that a share of the seeds has besides, by dice of their own: seeds without them are as they were before these came. */
import { type Dice, diceOf } from './dice.ts';

export interface Extras {
  /** Notices go out, by mail and to channels that fail, are slow, or lose their answers; and daily checks find what ended. */
  isPosted: boolean;
  /** At the end an organisation is disconnected and its data deleted, under the same troubles. */
  isDeleted: boolean;
  /** So many times the store answers nobody for minutes. */
  outages: number;
  /** Share of pauses in which somebody protects, locks, sorts, copies or bins what is ours. */
  sheetEdits: number;
  /** Rows and ids are read by DuckDB out of sealed Parquet. */
  isReal: boolean;
  /** Now and then the queue stands still, or no server is there for hours. */
  hasStandstills: boolean;
  /** What these troubles decide comes out of here. */
  dice: Dice;
}

export function extrasOf(seed: number): Extras {
  const dice = diceOf(seed + 15_485_863);
  return {
    isPosted: dice.chance(0.25),
    isDeleted: dice.chance(0.12),
    outages: dice.chance(0.12) ? dice.one([1, 1, 2]) : 0,
    sheetEdits: dice.chance(0.2) ? dice.one([0.5, 1]) : 0,
    isReal: dice.chance(0.02),
    hasStandstills: dice.chance(0.1),
    dice,
  };
}

export const noExtras: Extras = {
  isPosted: false,
  isDeleted: false,
  outages: 0,
  sheetEdits: 0,
  isReal: false,
  hasStandstills: false,
  dice: diceOf(0),
};
