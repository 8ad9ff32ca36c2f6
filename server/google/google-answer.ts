/** What Google's refusals mean to us: one table from status and wording to the error that says what to do. */

/** The parts of a refusal that are safe to look at; the body may quote what stands in cells and is never passed on. */
export interface GoogleRefusal {
  /** HTTP status; 0 when no answer came. */
  status: number;
  message: string;
  /** `error.status` (RESOURCE_EXHAUSTED) and the older `errors[].reason`, whichever came. */
  reasons: readonly string[];
}

export type Meaning =
  | 'token-refused'
  | 'grant-too-narrow'
  | 'needs-file'
  | 'quota'
  | 'unavailable'
  | 'overtaken'
  | 'protected'
  | 'storage-full'
  | 'cell-limit'
  | 'cell-too-long'
  | 'changed'
  | 'refused';

interface Row {
  status: readonly number[];
  /** In the message or among the reasons; absent: any. */
  says?: RegExp;
  means: Meaning;
}

const ANY_400 = [400];

/** First match counts (google-platform.md section 5.9; wordings as clients have reported them, 2026-11). */
const TABLE: readonly Row[] = [
  { status: [401], means: 'token-refused' },
  { status: [429], means: 'quota' },
  // Waiting does not mend it: people have to make room (Drive's guide "Resolve errors", 2026).
  { status: [403], says: /storageQuotaExceeded|storage quota/i, means: 'storage-full' },
  { status: [403], says: /RESOURCE_EXHAUSTED|rateLimitExceeded|quota/i, means: 'quota' },
  {
    status: [403],
    says: /insufficient authentication scopes|insufficientPermissions.*scope/i,
    means: 'grant-too-narrow',
  },
  {
    status: [403],
    says: /SERVICE_DISABLED|accessNotConfigured|has not been used in project/i,
    means: 'refused',
  },
  { status: [403, 404], means: 'needs-file' },
  { status: ANY_400, says: /developer metadata with (that )?id/i, means: 'overtaken' },
  { status: ANY_400, says: /protected cell or object|protected range/i, means: 'protected' },
  { status: ANY_400, says: /number of cells in the workbook above the limit/i, means: 'cell-limit' },
  {
    status: ANY_400,
    says: /more than the maximum of \d+ characters in a single cell/i,
    means: 'cell-too-long',
  },
  {
    status: ANY_400,
    says: /No (grid|sheet) with id|after last (row|column) in grid|out of the grid|does not fit in the grid|beyond the last requested|A sheet with the name|sheet with that ID already exists|Unable to parse range|exceeds grid limits/i,
    means: 'changed',
  },
  { status: [0, 408, 409, 412], means: 'unavailable' },
];

export function meaningOf({ status, message, reasons }: GoogleRefusal): Meaning {
  if (status >= 500) return 'unavailable';
  const text = [message, ...reasons].join('\n');
  return (
    TABLE.find((row) => row.status.includes(status) && (row.says?.test(text) ?? true))?.means ?? 'refused'
  );
}

/**
 * Google's own words without anything that was sent: `INVALID_ARGUMENT at requests[3].updateCells`. Its messages quote
 * the offending value, and values never leave the sheet.
 */
export function safeProblem({ status, message, reasons }: GoogleRefusal): string {
  const place = /requests\[\d+\](\.[A-Za-z]+)?/.exec(message)?.[0];
  const name = reasons.find((reason) => /^[A-Z_]+$/.test(reason)) ?? `status ${status}`;
  return place === undefined ? name : `${name} at ${place}`;
}
