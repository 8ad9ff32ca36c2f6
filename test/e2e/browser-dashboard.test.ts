/** The dashboard alone in a real browser: without Google's leave, by keyboard, for a viewer, with many exporters, on a slow line. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signedInPerson } from '../../server/demo/person.ts';
import { openChromium } from '../support/chromium.ts';
import { lookingPerson, pickOrganisations, signIn } from '../support/looking-person.ts';
import { faintTexts, sidewaysScroll, tabThrough, unnamedControls } from '../support/page-checks.ts';
import { type RunningPlayground, startPlayground } from '../support/playground.ts';

let playground: RunningPlayground;
let browser: Browser;

beforeAll(async () => {
  [playground, browser] = await Promise.all([startPlayground(), openChromium()]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  expect(await playground?.stop()).toBe(0);
});

it('asks again for spreadsheets when their box was not ticked', async () => {
  const ben = await lookingPerson(browser);
  const { page } = ben;
  await page.goto(playground.serverUrl);
  await ben.inWindow(
    () => page.getByRole('button', { name: 'Sign in with Google' }).click(),
    async (window) => {
      await window.getByRole('radio', { name: 'Ben Okafor' }).check();
      await window.getByRole('checkbox').uncheck();
      await window.getByRole('button', { name: 'Allow' }).click();
    },
  );
  const notice = page.getByText('Google has not allowed Foliokeep to write to your spreadsheets.');
  await notice.waitFor();
  await ben.inWindow(
    () => page.getByRole('button', { name: 'Allow spreadsheets' }).click(),
    (window) => window.getByRole('button', { name: 'Allow' }).click(),
  );
  await notice.waitFor({ state: 'detached' });
  expect(ben.wrongs).toEqual([]);
  await ben.context.close();
});

it('is worked from end to end by keyboard alone', async () => {
  const ben = await lookingPerson(browser);
  const { page } = ben;
  const { keyboard } = page;
  await page.goto(playground.serverUrl);
  await page.getByRole('button', { name: 'Sign in with Google' }).waitFor();
  expect(await tabThrough(page, 1)).toEqual(['Sign in with Google']);
  await ben.inWindow(
    () => keyboard.press('Enter'),
    async (window) => {
      await window.getByRole('radio', { name: 'Ben Okafor' }).check();
      await window.getByRole('button', { name: 'Allow' }).press('Enter');
    },
  );
  await page.getByRole('button', { name: 'Connect Xero' }).waitFor();
  expect(await tabThrough(page, 5)).toEqual(['Exporters', 'Notices', 'Team', 'Sign out', 'Connect Xero']);
  await ben.inWindow(
    () => keyboard.press('Enter'),
    (window) => pickOrganisations(window, [/Demo Company/]),
  );
  const add = page.getByRole('button', { name: 'Add exporter' });
  await add.focus();
  await keyboard.press('Enter');
  await page.getByText('Nothing that is in the spreadsheet now is changed.').waitFor();
  const focused = () => page.evaluate(() => document.activeElement?.closest('label')?.textContent ?? '');
  await expect.poll(focused).toMatch(/^Organisation/);
  await keyboard.press('Tab');
  await keyboard.type('Contacts');
  await expect.poll(() => page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Contacts');
  await page.getByRole('button', { name: 'Add exporter and run it' }).focus();
  await keyboard.press('Enter');
  const cancel = page.getByRole('button', { name: 'Cancel the run of Contacts' });
  await cancel.or(page.getByRole('button', { name: 'Run Contacts now' })).waitFor();
  await page.locator('.chip', { hasText: 'Up to date' }).waitFor();

  await page.getByRole('button', { name: 'Run Contacts now' }).focus();
  expect(await tabThrough(page, 5)).toEqual([
    'Open the sheet: Contacts',
    'History of runs: Contacts',
    'Edit exporter: Contacts',
    'Pause: Contacts',
    'Delete exporter: Contacts',
  ]);
  await keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Delete Contacts' }).waitFor();
  await keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toBe('Delete exporter: Contacts');
  expect(await unnamedControls(page)).toEqual([]);
  expect(ben.wrongs).toEqual([]);
  await ben.context.close();
});

it('offers a viewer no change, and says who can make it', async () => {
  const owner = await signedInPerson(playground.serverUrl, 'ben@harbourbooks.example');
  await owner.connectXero((name) => name.startsWith('Demo'));
  const { connections } = await owner.call('listConnections', {});
  const { id } = await owner.call('createSpreadsheet', { body: { title: 'To look at' } });
  await owner.call('createExporter', {
    body: {
      name: 'Payments',
      connectionId: connections[0]?.id ?? '',
      dataset: 'payments',
      destination: { spreadsheetId: id },
    },
  });
  const ben = await lookingPerson(browser);
  const { page } = ben;
  await ben.context.route('**/api/v1/me', async (route) => {
    const response = await route.fetch();
    if (!response.ok()) return route.fulfill({ response });
    const me = await response.json();
    return route.fulfill({ response, json: { ...me, team: { ...me.team, role: 'viewer' } } });
  });
  await page.goto(playground.serverUrl);
  await signIn(ben, page, 'Ben Okafor');
  await page
    .getByText('You can look at everything here. Owners and editors of this team can change it.')
    .waitFor();
  await page.getByRole('button', { name: 'History of runs: Payments' }).waitFor();
  const names = await page.getByRole('button').allTextContents();
  expect(names.map((name) => name.trim()).filter((name) => name !== '')).toEqual([
    'Exporters',
    'Notices',
    'Team',
    'Sign out',
  ]);
  expect(ben.wrongs).toEqual([]);
  await ben.context.close();
});

it('finds one of many exporters, shows them a part at a time, and fits from 300 px to twice the zoom', async () => {
  const someone = await signedInPerson(playground.serverUrl, 'chloe@fernhill.example');
  await someone.connectXero((name) => name.startsWith('Demo'));
  const { connections } = await someone.call('listConnections', {});
  const spreadsheet = await someone.call('createSpreadsheet', { body: { title: 'Many' } });
  const longest = `${'Wharekawa & Te Whanganui-a-Tara Agricultural Contracting '.repeat(3)}`.slice(0, 119);
  for (let number = 1; number <= 35; number += 1)
    await someone.call('createExporter', {
      body: {
        name: number === 2 ? longest : number === 3 ? 'W'.repeat(120) : `Exporter ${number}`,
        connectionId: connections[0]?.id ?? '',
        dataset: 'contacts',
        destination: {
          spreadsheetId: spreadsheet.id,
          tabTitle: number === 2 ? longest.slice(0, 99) : `Tab ${number}`,
        },
      },
    });

  const chloe = await lookingPerson(browser);
  const { page } = chloe;
  await page.goto(playground.serverUrl);
  await signIn(chloe, page, 'Chloe Fern');
  await page.getByText('30 of 35').waitFor();
  await expect.poll(() => page.locator('li.exporter').count()).toBe(30);
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect.poll(() => page.locator('li.exporter').count()).toBe(35);
  for (const [width, height] of [
    [300, 800],
    [384, 450],
    [768, 900],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect.poll(() => sidewaysScroll(page)).toBe(0);
  }
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect.poll(() => faintTexts(page)).toEqual([]);
  }
  await page.getByRole('textbox', { name: 'Find an exporter' }).fill('exporter 34');
  await expect.poll(() => page.locator('li.exporter .name').allTextContents()).toEqual(['Exporter 34']);
  expect(chloe.wrongs).toEqual([]);
  await chloe.context.close();
});

it('shows notices with what helps, and lets an owner choose where they go', async () => {
  const someone = await signedInPerson(playground.serverUrl, 'amelia@harbourbooks.example');
  await someone.connectXero((name) => name.startsWith('Demo'));
  const { connections } = await someone.call('listConnections', {});
  const { id: spreadsheetId } = await someone.call('createSpreadsheet', { body: { title: 'Gone soon' } });
  const { id } = await someone.call('createExporter', {
    body: {
      name: 'Payments <b>',
      connectionId: connections[0]?.id ?? '',
      dataset: 'payments',
      destination: { spreadsheetId },
    },
  });
  await playground.google('deleteFile', { spreadsheetId });
  await someone.call('startRun', { params: { exporterId: id }, body: {} });

  const amelia = await lookingPerson(browser);
  const { page } = amelia;
  await page.goto(playground.serverUrl);
  await signIn(amelia, page, 'Amelia Hart');
  await page.getByRole('button', { name: /^Notices/ }).click();
  await page.getByRole('heading', { name: 'Notices' }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('notices-title');
  await expect
    .poll(async () => {
      await page.evaluate(() => window.dispatchEvent(new Event('focus')));
      return page.getByText('Payments <b> failed').count();
    })
    .toBe(1);
  for (const width of [300, 768, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(() => sidewaysScroll(page)).toBe(0);
  }
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect.poll(() => faintTexts(page)).toEqual([]);
  }

  await page.getByRole('button', { name: 'Add channel' }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Kind').selectOption('webhook');
  await page.getByRole('textbox', { name: 'Name' }).fill('Ledger');
  const address = page.getByRole('textbox', { name: /^Address/ });
  await address.fill('https://example.com/foliokeep');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'The secret of Ledger' });
  expect(await dialog.getByRole('textbox', { name: 'Secret' }).inputValue()).toMatch(/^whsec_/);
  await page.getByRole('button', { name: 'I have copied it' }).press('Enter');
  await page.getByText('Webhook at example.com').waitFor();
  expect(await page.content()).not.toContain('whsec_');
  await page.getByRole('checkbox', { name: /once a day/ }).check();
  await page.getByText('The next one comes').waitFor();
  expect(await unnamedControls(page)).toEqual([]);

  await page.getByRole('button', { name: 'See the exporter: Payments <b>' }).click();
  await page.locator('li.exporter.named', { hasText: 'Payments <b>' }).waitFor();
  await page.getByRole('button', { name: 'Edit exporter: Payments <b>' }).click();
  await page.getByText('Who hears of it').click();
  await page.getByRole('checkbox', { name: 'Each run that ends well' }).check();
  await page.getByRole('button', { name: 'Save changes' }).click();
  const choices = () => someone.call('getExporterNotices', { params: { exporterId: id } });
  await expect.poll(async () => (await choices()).on.done).toBe(true);
  expect(amelia.wrongs).toEqual([]);

  // Unreachable: the page says so, and goes on by itself.
  await amelia.context.route('**/api/v1/notices*', (route) => route.abort());
  await page.getByRole('button', { name: /^Notices/ }).click();
  await page.getByText('Foliokeep cannot be reached.').waitFor();
  await amelia.context.unroute('**/api/v1/notices*');
  await page.getByText('Payments <b> failed').waitFor();
  await amelia.context.close();
});

it('shows the outline of what will come while the line is slow, and nothing else', async () => {
  const chloe = await lookingPerson(browser);
  const { page } = chloe;
  let letThrough: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.goto(playground.serverUrl);
  await chloe.context.route('**/api/v1/{connections,exporters*}', async (route) => {
    await held;
    await route.continue();
  });
  await signIn(chloe, page, 'Chloe Fern');
  await expect.poll(() => page.getByRole('status', { name: 'Loading' }).count()).toBe(2);
  expect(await page.getByText('Connect the Xero organisations').count()).toBe(0);
  letThrough();
  await page.getByText('30 of 35').waitFor();
  await expect.poll(() => page.getByRole('status', { name: 'Loading' }).count()).toBe(0);
  expect(chloe.wrongs).toEqual([]);
  await chloe.context.close();
});
