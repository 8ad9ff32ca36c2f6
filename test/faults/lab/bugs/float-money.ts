/** Planted: numbers are left bare, for the query to read as doubles. */
import type { Bug } from './planted.ts';

export const floatMoney: Bug = {
  name: 'float-money',
  breaks: 'numbers are left bare, for the query to read as doubles',
  file: 'server/mirror/scan-record.ts',
  search:
    '      if (isNumber) out[o++] = 0x22;\n      while (i < end) out[o++] = src[i++] as number;\n      if (isNumber) out[o++] = 0x22;',
  replace: '      while (i < end) out[o++] = src[i++] as number;',
  by: 'I13',
};
