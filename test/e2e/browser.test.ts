/** The whole way through in a real browser, against real processes: the playground at 1440 px with Foliokeep beside it at 300. */
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openChromium } from '../support/chromium.ts';
import {
  closeByButton,
  type LookingPerson,
  lookingPerson,
  pickOrganisations,
  signIn,
} from '../support/looking-person.ts';
import { faintTexts, sidewaysScroll, unnamedControls } from '../support/page-checks.ts';
import { type RunningPlayground, startPlayground } from '../support/playground.ts';

let playground: RunningPlayground;
let browser: Browser;
let amelia: LookingPerson;
let page: Page;
let panel: FrameLocator;

beforeAll(async () => {
  [playground, browser] = await Promise.all([startPlayground(), openChromium()]);
  amelia = await lookingPerson(browser);
  page = amelia.page;
  await page.goto(playground.url);
  panel = page.frameLocator('iframe');
}, 120_000);

afterAll(async () => {
  await browser?.close();
  expect(await playground?.stop()).toBe(0);
});

const button = (name: string | RegExp) => panel.getByRole('button', { name });
const chip = (name: string, word: string) =>
  panel.locator('li.exporter', { hasText: name }).locator('.chip', { hasText: word });
const exporter = (name: string) => panel.locator('li.exporter', { hasText: name });
const cell = (row: number, column: number) =>
  page.locator('.grid tbody tr').nth(row).locator('td').nth(column);
/** An invoice that nothing was paid of yet, among the rows that are drawn. */
async function unpaidRow(): Promise<number> {
  const rows = await page
    .locator('.grid tbody tr')
    .evaluateAll((lines) =>
      lines.map((line) => [...line.querySelectorAll('td')].map((td) => td.textContent)),
    );
  for (const [row, cells] of rows.entries()) {
    const [number, status, paid, credited] = [0, 2, 10, 11].map((column) => cells[column]);
    if (/^INV-\d+$/.test(number ?? '') && status === 'AUTHORISED' && paid === '0.00' && credited === '0.00')
      return row;
  }
  throw new Error('No unpaid invoice is drawn');
}
const panelFrame = () => {
  const frame = page.frames().find((one) => one !== page.mainFrame());
  if (frame === undefined) throw new Error('No panel');
  return frame;
};

/** From now on: every cell that was ever marked as changed, as row:column. The marks themselves go after a moment. */
async function watchMarks(): Promise<() => Promise<string[]>> {
  const seen = await page.evaluateHandle(() => {
    const cells = new Set<string>();
    const look = () => {
      for (const [row, line] of document.querySelectorAll('.grid tbody tr').entries())
        for (const [column, one] of line.querySelectorAll('td').entries())
          if (one.classList.contains('changed')) cells.add(`${row}:${column}`);
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
    return cells;
  });
  return () => seen.evaluate((cells) => [...cells]);
}

/** What stands on screen before a run shows may look like its end: the server is asked instead. */
async function runToItsEnd(name: string): Promise<void> {
  const begun = new Date().toISOString();
  await button(`Run ${name} now`).click();
  await expect
    .poll(() => panelFrame().evaluate(lastRuns))
    .toContainEqual([name, expect.toSatisfy((at) => typeof at === 'string' && at >= begun)]);
  await button(`Run ${name} now`).waitFor();
}

/** Runs in the panel: of each exporter that is not running, when its last run was asked for. */
async function lastRuns(): Promise<Array<[string, string | undefined]>> {
  const { exporters } = await (await fetch('/api/v1/exporters')).json();
  return exporters
    .filter((one: { activeRun: object | null }) => one.activeRun === null)
    .map((one: { name: string; lastRun: { requestedAt: string } | null }) => [
      one.name,
      one.lastRun?.requestedAt,
    ]);
}

describe('the playground', () => {
  it('lets a person refuse Google, and says so where they are', async () => {
    await amelia.inWindow(
      () => button('Sign in with Google').click(),
      async (window) => {
        await window.getByRole('button', { name: 'Cancel' }).click();
        await window.getByText('Access was not given. Nothing was changed.').waitFor();
        await closeByButton(window);
      },
    );
    await button('Sign in with Google').waitFor();
  });

  it('signs in, connects three organisations at once and adds an exporter whose rows appear', async () => {
    await signIn(amelia, panel, 'Amelia Hart');
    await amelia.inWindow(
      () => button('Connect Xero').click(),
      (window) => pickOrganisations(window, [/Demo Company/, /Harrow/, /Juniper/]),
    );
    await panel.getByText('Connected', { exact: true }).nth(2).waitFor();

    await button('Add exporter').click();
    await panel.getByText('Nothing that is in the spreadsheet now is changed.').waitFor();
    await button('Add exporter and run it').click();
    await chip('Invoices and bills', 'Up to date').waitFor();
    await exporter('Invoices and bills')
      .getByText(/^20\d rows$/)
      .waitFor();
    await page.getByRole('button', { name: 'Invoices and bills', exact: true }).waitFor();
    await expect.poll(() => cell(0, 0).textContent()).toBe('Number');
    await expect.poll(() => page.getByText(/^20\d rows$/).count()).toBe(1);
  });

  it('writes only what changed, marks it, and leaves a cell that the person typed', async () => {
    await page.getByRole('button', { name: 'Insert' }).click();
    await page.getByRole('menuitem', { name: '1 column at the end' }).click();
    await page.getByRole('columnheader', { name: 'P', exact: true }).waitFor();
    const own = cell(1, 15);
    await own.dblclick();
    await page.getByRole('textbox', { name: 'Cell' }).fill('=1000*2.5');
    await page.keyboard.press('Enter');
    await expect.poll(() => own.textContent()).toBe('2500');
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.getByRole('textbox', { name: /^Note on/ }).fill('Mine');
    await page.getByRole('button', { name: 'Save note' }).click();
    await page.getByRole('button', { name: 'Edit note' }).waitFor();

    const unpaid = await vi.waitFor(unpaidRow, { timeout: 20_000, interval: 200 });
    const first = (await cell(unpaid, 0).textContent()) ?? '';
    await page.getByRole('button', { name: 'Xero', exact: true }).click();
    await page.getByRole('textbox', { name: 'Find' }).fill(first);
    await page.getByRole('button', { name: `Void: ${first}`, exact: true }).click();
    await page.getByText(`${first} voided. Run an exporter to see only that change arrive.`).waitFor();
    await page.getByRole('button', { name: 'Spreadsheet', exact: true }).click();
    await button('Open the sheet: Invoices and bills').click();
    await expect.poll(() => cell(unpaid, 2).textContent()).toBe('AUTHORISED');

    const marked = await watchMarks();
    await button('Run Invoices and bills now').click();
    await expect.poll(() => cell(unpaid, 2).textContent()).toBe('VOIDED');
    await expect.poll(marked).toContain(`${unpaid}:2`);
    expect(await marked()).not.toContain(`${unpaid}:0`);
    expect(await own.textContent()).toBe('2500');
    await chip('Invoices and bills', 'Up to date').waitFor();
  });

  it('edits columns and filters with the rows in view, and writes them with the next run', async () => {
    await button('Edit exporter: Invoices and bills').click();
    await panel.getByText('Choose columns').click();
    await panel.getByRole('textbox', { name: 'Find a column' }).fill('refer');
    await panel.getByRole('checkbox', { name: 'Reference', exact: true }).check();
    await panel.getByText('Filter rows').click();
    await button('Add filter').click();
    await panel.getByLabel('Value').fill('PAID');
    await panel.getByText('Preview').click();
    const rows = panel.getByRole('region', { name: 'First rows' });
    await rows.getByRole('columnheader', { name: 'Reference' }).waitFor();
    await expect.poll(() => rows.getByText('PAID', { exact: true }).count()).toBe(10);
    await panel.getByLabel('Name').fill('Paid invoices');
    await button('Save changes').click();
    await button('Run Paid invoices now').click();
    await expect.poll(() => page.locator('.grid').getByText('AUTHORISED').count()).toBe(0);
    await chip('Paid invoices', 'Up to date').waitFor();
  });

  it('asks before a tab is emptied, and goes on when it is confirmed', async () => {
    await button('Edit exporter: Paid invoices').click();
    await panel.getByText('Filter rows').click();
    await panel.getByLabel('Value').fill('NO SUCH STATUS');
    await button('Save changes').click();
    await button('Run Paid invoices now').click();
    await panel.getByText(/Xero answered with no rows where the tab has \d+/).waitFor();
    await button('Run anyway: Paid invoices').click();
    await panel.getByRole('dialog', { name: /Empty “/ }).waitFor();
    await panel.getByRole('dialog').getByRole('button', { name: 'Run anyway' }).click();
    await exporter('Paid invoices').getByText('0 rows', { exact: true }).waitFor();
  });

  it('pauses, resumes, shows the history and deletes by name', async () => {
    await button('Pause: Paid invoices').click();
    await chip('Paid invoices', 'Paused').waitFor();
    await expect.poll(() => button('Run Paid invoices now').isDisabled()).toBe(true);
    await button('Resume: Paid invoices').click();
    await chip('Paid invoices', 'Up to date').waitFor();
    await button('History of runs: Paid invoices').click();
    const history = panel.getByRole('dialog', { name: 'Runs of Paid invoices' });
    await history.getByRole('row').nth(5).waitFor();
    await expect.poll(() => history.getByText('Failed').count()).toBe(1);
    await page.keyboard.press('Escape');
    await button('Delete exporter: Paid invoices').click();
    await panel.getByText('It stops running. The tab “Invoices and bills” and its rows stay').waitFor();
    await panel.getByRole('dialog').getByRole('button', { name: 'Delete exporter' }).click();
    await panel.getByText('An exporter keeps one tab right.').waitFor();
  });

  it('cancels a run that is under way', async () => {
    await playground.xero('fault', { kind: 'delay', count: 20, ms: 3_000 });
    await button('Add exporter').click();
    await panel.getByRole('combobox', { name: 'Organisation' }).selectOption({ label: 'Harrow & Finch Ltd' });
    await panel.getByRole('combobox', { name: 'What to write' }).selectOption({ label: 'Contacts' });
    await button('Add exporter and run it').click();
    await button('Cancel the run of Contacts').click();
    await chip('Contacts', 'Cancelled').waitFor();
    await playground.xero('clearFaults');
  });

  it('names what Xero has cut off, refuses another organisation, and goes on after the right one', async () => {
    await playground.xero('disconnect', { organisation: 'Harrow & Finch Ltd' });
    await button('Run Contacts now').click();
    await panel.getByText('Harrow & Finch Ltd is disconnected from Xero. Reconnect it to go on;').waitFor();
    await panel.getByText('Nothing was written yet.').waitFor();
    await amelia.inWindow(
      () => button('Reconnect Xero: Contacts').click(),
      async (window) => {
        await pickOrganisations(window, [/Juniper/]);
        await window.getByText(/was chosen, but Harrow & Finch Ltd was to be reconnected/).waitFor();
        await closeByButton(window);
      },
    );
    await amelia.inWindow(
      () => button('Reconnect Xero: Contacts').click(),
      (window) => pickOrganisations(window, [/Harrow/]),
    );
    await panel.getByText('Access is given again. The next run brings the tab up to date.').waitFor();
    await button('Run Contacts now').click();
    await chip('Contacts', 'Up to date').waitFor();
  });

  it('says what stays before it disconnects, deletes data only by its name and undoes that, and connects again', async () => {
    await button('Disconnect Harrow & Finch Ltd').click();
    await panel.getByText('1 exporter pauses:').waitFor();
    await panel.getByText('Every tab in your spreadsheets stays as it is.').waitFor();
    await button('Disconnect organisation').click();
    await panel.getByText('1 disconnected organisation').click();
    await button('Delete data of Harrow & Finch Ltd').click();
    await panel.getByLabel('Type Harrow & Finch Ltd to confirm').fill('Harrow');
    expect(await panel.getByRole('button', { name: 'Delete data', exact: true }).isDisabled()).toBe(true);
    await panel.getByLabel('Type Harrow & Finch Ltd to confirm').fill('Harrow & Finch Ltd');
    await panel.getByRole('button', { name: 'Delete data', exact: true }).click();
    await panel.getByText('To be deleted').waitFor();
    await panel.getByText(/^Its data is deleted for good .*, as Amelia Hart asked\.$/).waitFor();
    await button('Undo the deletion of Harrow & Finch Ltd').click();
    await amelia.inWindow(
      () => button('Connect Harrow & Finch Ltd again').click(),
      (window) => pickOrganisations(window, [/Harrow/]),
    );
    await runToItsEnd('Contacts');
    await chip('Contacts', 'Up to date').waitFor();
  });

  it('goes on by itself after the server could not be reached', async () => {
    await amelia.context.route('**/api/v1/**', (route) => route.abort());
    await button('Run Contacts now').click();
    await panel.getByText('Foliokeep cannot be reached. Your tabs are kept;').first().waitFor();
    await amelia.context.unroute('**/api/v1/**');
    await button('Run Contacts now').click();
    await expect.poll(() => panel.getByText('Foliokeep cannot be reached').count()).toBe(0);
    await chip('Contacts', 'Up to date').waitFor();
  });

  it('has a name for every control, contrast in both schemes, and nothing that sticks out at 300 px', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expect.poll(() => faintTexts(page)).toEqual([]);
      await expect.poll(() => faintTexts(panelFrame())).toEqual([]);
    }
    expect(await unnamedControls(page)).toEqual([]);
    expect(await unnamedControls(panelFrame())).toEqual([]);
    expect(await panelFrame().evaluate(() => innerWidth)).toBeLessThanOrEqual(300);
    await expect.poll(() => sidewaysScroll(panelFrame())).toBe(0);
    expect(await sidewaysScroll(page)).toBe(0);
  });

  it('signs out', async () => {
    await button('Sign out').click();
    await button('Sign in with Google').waitFor();
  });

  it('made no error in any window, and asked no other machine', () => {
    expect(amelia.wrongs).toEqual([]);
  });
});
