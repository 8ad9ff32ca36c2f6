/** Every function that Google Sheets may call by name: triggers and menu items. No business rule lives in the add-on. */
import { aboutHtml, sidebarHtml } from './pages.ts';

/** Simple trigger: runs in AuthMode.NONE too, so it only builds the menu (google-platform.md 2.5). */
export function onOpen(): void {
  SpreadsheetApp.getUi()
    .createAddonMenu()
    .addItem('Open', 'openSidebar')
    .addItem('About', 'openAbout')
    .addToUi();
}

/** An add-on installed from an open document gets no `onOpen` of its own until the next time. */
export function onInstall(): void {
  onOpen();
}

export function openSidebar(): void {
  SpreadsheetApp.getUi().showSidebar(HtmlService.createHtmlOutput(sidebarHtml()).setTitle('Foliokeep'));
}

export function openAbout(): void {
  const page = HtmlService.createHtmlOutput(aboutHtml()).setWidth(360).setHeight(220);
  SpreadsheetApp.getUi().showModalDialog(page, 'About Foliokeep');
}
