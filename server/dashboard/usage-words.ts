/** What an organisation has used of Xero, in words. */
import type { ConnectionView } from '../../shared/contract/connection.ts';
import { sayCount } from '../../shared/ui/when.ts';

/** "120 of 5,000 Xero calls today · 14 MB this month". */
export function sayUsage({ callsToday, dayLimit, bytesThisMonth }: ConnectionView['usage']): string {
  const calls =
    dayLimit === null
      ? sayCount(callsToday, 'Xero call')
      : `${sayCount(callsToday)} of ${sayCount(dayLimit, 'Xero call')}`;
  return `${calls} today · ${sayBytes(bytesThisMonth)} this month`;
}

/** By thousands, as Xero bills: "900 bytes", "14 MB", "1.2 GB". */
export function sayBytes(bytes: number): string {
  const unit = units.findLast(({ size }) => bytes >= size);
  if (unit === undefined) return sayCount(bytes, 'byte');
  const amount = bytes / unit.size;
  return `${amount.toLocaleString('en-GB', { maximumFractionDigits: amount < 10 ? 1 : 0 })} ${unit.name}`;
}

const units = [
  { name: 'KB', size: 1e3 },
  { name: 'MB', size: 1e6 },
  { name: 'GB', size: 1e9 },
];
