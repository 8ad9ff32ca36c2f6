/** Foliokeep, in its frame, asks to show a spreadsheet. */

export interface OpenSheetWish {
  spreadsheetId: string;
  sheetId: number | undefined;
}

/** Undefined for every other message. */
export function openSheetWish(data: unknown): OpenSheetWish | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { foliokeep, spreadsheetId, sheetId } = data as Record<string, unknown>;
  if (foliokeep !== 'open-sheet' || typeof spreadsheetId !== 'string') return undefined;
  return { spreadsheetId, sheetId: typeof sheetId === 'number' ? sheetId : undefined };
}
