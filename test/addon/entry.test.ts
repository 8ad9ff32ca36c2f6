import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildAddon } from '../../addon/build.ts';

/** Records what the built Code.js asks of Google Sheets, in the order asked. */
function fakeSheets() {
  const asked: string[] = [];
  const menu = {
    addItem(label: string, callable: string) {
      asked.push(`item ${label} → ${callable}`);
      return menu;
    },
    addToUi: () => asked.push('menu shown'),
  };
  const pageOf = (html: string) => {
    const page = {
      html,
      title: '',
      setTitle(title: string) {
        page.title = title;
        return page;
      },
      setWidth: () => page,
      setHeight: () => page,
    };
    return page;
  };
  type Page = ReturnType<typeof pageOf>;
  const shown: Page[] = [];
  const ui = {
    createAddonMenu: () => menu,
    showSidebar(page: Page) {
      asked.push(`sidebar ${page.title}`);
      shown.push(page);
    },
    showModalDialog(page: Page, title: string) {
      asked.push(`dialog ${title}`);
      shown.push(page);
    },
  };
  const globals = { SpreadsheetApp: { getUi: () => ui }, HtmlService: { createHtmlOutput: pageOf } };
  return { asked, shown, globals };
}

describe('the built add-on', () => {
  let folder: string;
  let code: string;
  let callable: string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'addon-'));
    callable = await buildAddon(folder);
    code = await readFile(join(folder, 'Code.js'), 'utf8');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('declares each callable function at the top level, where Apps Script looks', () => {
    expect(callable.sort()).toEqual(['onInstall', 'onOpen', 'openAbout', 'openSidebar']);
    for (const name of callable) expect(code).toMatch(new RegExp(`^function ${name}\\(`, 'm'));
  });

  it('calls no service when it is only loaded, or the whole menu would vanish', () => {
    expect(() => runInContext(code, createContext({}))).not.toThrow();
  });

  it.each(['onOpen', 'onInstall'])('%s builds the menu whose items exist', (trigger) => {
    const { asked, globals } = fakeSheets();
    runInContext(`${code}\n${trigger}({ authMode: 'NONE' });`, createContext(globals));
    expect(asked).toEqual(['item Open → openSidebar', 'item About → openAbout', 'menu shown']);
    for (const line of asked.slice(0, 2)) expect(callable).toContain(line.split(' → ')[1]);
  });

  it('opens the sidebar and the about dialog with complete pages that run no script', () => {
    const { asked, shown, globals } = fakeSheets();
    runInContext(`${code}\nopenSidebar(); openAbout();`, createContext(globals));
    expect(asked).toEqual(['sidebar Foliokeep', 'dialog About Foliokeep']);
    for (const page of shown) {
      expect(page.html).toMatch(/^<!DOCTYPE html>/);
      expect(page.html).not.toMatch(/<script|<\?/);
    }
  });

  it('ships the manifest that lies at the root', async () => {
    const manifest = JSON.parse(await readFile(join(folder, 'appsscript.json'), 'utf8'));
    expect(manifest).toMatchObject({ runtimeVersion: 'V8' });
    expect(manifest.oauthScopes).toContain('https://www.googleapis.com/auth/script.container.ui');
  });
});
