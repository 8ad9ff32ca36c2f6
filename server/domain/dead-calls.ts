/** What a process that died had reserved of a budget. Pure. */
import type { Budget } from './budget.ts';

/**
 * Reservations made before now end at this moment at the latest: their holder is dead and begins no call. What it had
 * begun still counts as in flight until then, and as spent for ever. Twice: the same.
 */
export function endReservationsBy(budget: Budget, endAt: number): Budget {
  if (budget.reservations.every(({ until }) => until <= endAt)) return budget;
  const reservations = budget.reservations.map((one) => ({ ...one, until: Math.min(one.until, endAt) }));
  return { ...budget, reservations };
}
