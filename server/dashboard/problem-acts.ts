/** What the one button of a failed run does. Where the table's own word names something that cannot be done here, ours stands in. */

export type Act =
  | 'reconnect-xero'
  | 'sign-in-google'
  | 'edit-exporter'
  | 'open-sheet'
  | 'write-elsewhere'
  | 'confirm-empty'
  | 'confirm-removal'
  | 'take-over'
  | 'run-again';

export interface OfferedAct {
  act: Act;
  word: string;
}

const acts: Readonly<Record<string, OfferedAct>> = {
  NEEDS_RECONNECT: { act: 'reconnect-xero', word: 'Reconnect Xero' },
  SCOPE_MISSING: { act: 'reconnect-xero', word: 'Reconnect Xero' },
  XERO_PERMISSION: { act: 'reconnect-xero', word: 'Reconnect Xero' },
  NEEDS_GOOGLE: { act: 'sign-in-google', word: 'Sign in with Google' },
  NEEDS_FILE: { act: 'write-elsewhere', word: 'Choose spreadsheet' },
  WRITER_LEFT: { act: 'take-over', word: 'Take over' },
  SHEET_MISSING: { act: 'write-elsewhere', word: 'Choose spreadsheet' },
  TAB_MISSING: { act: 'write-elsewhere', word: 'Write to a new tab' },
  BLOCK_OVERLAP: { act: 'write-elsewhere', word: 'Write to a new tab' },
  BLOCK_DAMAGED: { act: 'open-sheet', word: 'Open the sheet' },
  RANGE_PROTECTED: { act: 'open-sheet', word: 'Open the sheet' },
  KEY_BROKEN: { act: 'open-sheet', word: 'Open the sheet' },
  CELL_LIMIT: { act: 'edit-exporter', word: 'Edit exporter' },
  CELL_TOO_LONG: { act: 'edit-exporter', word: 'Edit exporter' },
  QUERY_REFUSED: { act: 'edit-exporter', word: 'Edit exporter' },
  QUERY_LIMIT: { act: 'edit-exporter', word: 'Edit exporter' },
  EMPTY_ANSWER: { act: 'confirm-empty', word: 'Run anyway' },
  MANY_REMOVED: { act: 'confirm-removal', word: 'Confirm removal' },
};

/** What no act of a person mends may be tried again. */
export const actOf = (code: string): OfferedAct => acts[code] ?? { act: 'run-again', word: 'Run again' };
