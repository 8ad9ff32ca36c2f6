/** Every time zone name that xero-node 20.0.0 knows. */
import { createRequire } from 'node:module';

const { TimeZone: zones } = createRequire(import.meta.url)(
  'xero-node/dist/gen/model/accounting/timeZone.js',
) as { TimeZone: Record<string, string> };

export const TimeZone: readonly string[] = Object.values(zones).filter((zone) => typeof zone === 'string');
