/** When the digest of a person is due: once a day, at their time in their zone. */
import { DateTime, IANAZone } from 'luxon';

/**
 * The first such moment after `after`, in ms. `time` is `HH:MM`. Where the clocks go forward over it, the moment that many
 * minutes later; where they go back, the first of the two: one digest for each calendar day.
 */
export function nextDigestAt(time: string, timeZone: string, after: number): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const today = DateTime.fromMillis(after, { zone: timeZone });
  for (let days = 0; days <= 2; days += 1) {
    const at = today.plus({ days }).set({ hour, minute, second: 0, millisecond: 0 }).toMillis();
    if (at > after) return at;
  }
  throw new Error(`No digest is due at ${time} in ${timeZone}`);
}

export const isTimeZone = (name: string): boolean => IANAZone.isValidZone(name);
