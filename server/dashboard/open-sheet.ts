/** Shows a spreadsheet: beside us where we stand in a page that has it, else in Google Sheets. */

/** What the page around us is told. */
export interface OpenSheetMessage {
  foliokeep: 'open-sheet';
  spreadsheetId: string;
  sheetId: number | null;
}

export function openSheet(spreadsheetId: string, sheetId: number | null): void {
  if (window.parent !== window) {
    const message: OpenSheetMessage = { foliokeep: 'open-sheet', spreadsheetId, sheetId };
    window.parent.postMessage(message, parentOrigin());
    return;
  }
  const place = sheetId === null ? '' : `#gid=${sheetId}`;
  window.open(
    `https://docs.google.com/spreadsheets/d/${encodeURIComponent(spreadsheetId)}/edit${place}`,
    '_blank',
    'noopener',
  );
}

/** Firefox has no `ancestorOrigins`; the address that led here says the same. */
const parentOrigin = (): string =>
  location.ancestorOrigins?.[0] ??
  (document.referrer === '' ? location.origin : new URL(document.referrer).origin);
