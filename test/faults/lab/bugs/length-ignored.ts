/** Planted: an answer that is shorter than it says is taken for a whole one. */
import type { Bug } from './planted.ts';

export const lengthIgnored: Bug = {
  name: 'length-ignored',
  breaks: 'bytes that follow the end of a gzip, or are missing at it, are not looked at',
  file: 'server/xero/decode-body.ts',
  search:
    "if (engine.bytesWritten !== bytes.byteLength) return reject(broken('bytes follow the end of its gzip'));",
  replace: 'if (engine.bytesWritten < 0) return reject(error);',
  by: [],
  suite: 'test/xero/decode-body.test.ts',
};
