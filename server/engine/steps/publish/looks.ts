/**
 * Layouts that settled exporters saw, by the file's Drive version: the next exporter of the same spreadsheet needs none of
 * its own while the version stands. Each is good for one look, so that an attempt that fails over it reads anew; were it out of
 * date all the same, the batch made from it is refused (decisions/0012).
 */
import type { SpreadsheetLayout } from '../../../domain/spreadsheet.ts';

interface Where {
  grantId: string;
  spreadsheetId: string;
}

export interface Looks {
  /** `driveVersion`: read before the layout was. */
  keep(where: Where, driveVersion: string, layout: SpreadsheetLayout): void;
  take(where: Where, driveVersion: string): SpreadsheetLayout | undefined;
}

const MOST_KEPT = 4;

export function looksOf(): Looks {
  const kept = new Map<string, { driveVersion: string; layout: SpreadsheetLayout }>();
  // Protections differ from one account to another.
  const keyOf = ({ grantId, spreadsheetId }: Where): string => `${grantId} ${spreadsheetId}`;
  return {
    keep(where, driveVersion, layout) {
      kept.delete(keyOf(where));
      kept.set(keyOf(where), { driveVersion, layout });
      for (const oldest of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(oldest);
    },
    take(where, driveVersion) {
      const found = kept.get(keyOf(where));
      kept.delete(keyOf(where));
      return found?.driveVersion === driveVersion ? found.layout : undefined;
    },
  };
}
