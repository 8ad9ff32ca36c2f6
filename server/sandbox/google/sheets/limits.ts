/** The limits of google-platform.md section 5.1 (2026-11-20), all of them settings. */

export interface SheetsLimits {
  /** Cells in all tabs together. 10 M is the classic limit; 20 M since 2026-09. */
  cells: number;
  columns: number;
  charactersPerCell: number;
  tabTitle: number;
  /** Keys and values, for the spreadsheet and again for each sheet. */
  metadataCharacters: number;
  /** Bytes of one request body. */
  requestBytes: number;
  /** Cells that one call may write within Google's 180 s. Nobody has published a speed; see rule `google-180-seconds`. */
  cellsPerCall: number;
}

export const SHEETS_LIMITS: SheetsLimits = {
  cells: 10_000_000,
  columns: 18_278,
  charactersPerCell: 50_000,
  tabTitle: 100,
  metadataCharacters: 30_000,
  requestBytes: 10 * 1024 * 1024,
  cellsPerCall: 20_000_000,
};
