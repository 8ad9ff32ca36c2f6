/** A person works in the spreadsheet of the playground as in Google Sheets: by keyboard and mouse, and takes it back. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openChromium } from '../support/chromium.ts';
import { type LookingPerson, lookingPerson } from '../support/looking-person.ts';
import { faintTexts, sidewaysScroll, unnamedControls } from '../support/page-checks.ts';
import { type RunningPlayground, startPlayground } from '../support/playground.ts';

let playground: RunningPlayground;
let browser: Browser;
let person: LookingPerson;
let page: Page;

beforeAll(async () => {
  [playground, browser] = await Promise.all([startPlayground(), openChromium()]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  expect(await playground?.stop()).toBe(0);
});

/** Each test has a sheet of its own, shown and with the focus in it. */
beforeEach(async ({ task }) => {
  await playground.google('createSpreadsheet', {
    owner: 'amelia@harbourbooks.example',
    title: task.name,
    tabs: [
      {
        title: 'Fruit',
        rows: 30,
        columns: 6,
        values: [
          ['Name', 'Price'],
          ['Pear', 3],
          ['Apple', 1.5],
          ['Fig', 2],
        ],
      },
    ],
  });
  person = await lookingPerson(browser);
  page = person.page;
  await page.goto(playground.url);
  await page.getByRole('combobox', { name: 'Spreadsheet' }).selectOption({ label: task.name });
  await expect.poll(() => at('A2').textContent()).toBe('Pear');
  await at('A1').click();
});

const at = (name: string) =>
  page
    .locator('.grid tbody tr')
    .nth(Number(name.slice(1)) - 1)
    .locator('td')
    .nth(name.charCodeAt(0) - 65);
const textsOf = async (...names: string[]) => Promise.all(names.map((name) => at(name).textContent()));
const shows = (...names: string[]) => expect.poll(() => textsOf(...names));
const choose = async (menu: string, item: string) => {
  await page.getByRole('button', { name: menu }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
};

it('types values and formulas, empties cells, and takes all of it back', async () => {
  await at('C1').click();
  await page.keyboard.type('=SUM(B2:B4)*2');
  await page.keyboard.press('Enter');
  await shows('C1').toEqual(['13']);
  await at('B2').click();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Delete');
  await shows('B2', 'B3', 'C1').toEqual(['', '', '4']);
  await page.keyboard.press('Control+z');
  await shows('B2', 'B3', 'C1').toEqual(['3', '1.5', '13']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await shows('C1').toEqual(['']);
  await expect.poll(() => page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);
});

it('formats what is chosen', async () => {
  await at('B2').click();
  await at('B4').click({ modifiers: ['Shift'] });
  await choose('Format', 'Number 1,234.50');
  await shows('B2', 'B3', 'B4').toEqual(['3.00', '1.50', '2.00']);
  await choose('Fill', 'Yellow');
  await expect.poll(() => at('B3').evaluate((cell) => cell.style.backgroundColor)).toBe('rgb(255, 242, 204)');
  await page.keyboard.press('Control+b');
  await expect.poll(() => at('B4').getAttribute('class')).toContain('bold');
  expect(await at('B1').getAttribute('class')).not.toContain('bold');
});

it('puts rows in, sorts them, deletes them, and formulas follow', async () => {
  await at('C3').click();
  await page.keyboard.type('=B3');
  await page.keyboard.press('Enter');
  await page.getByRole('rowheader', { name: '2', exact: true }).click();
  await page.getByRole('rowheader', { name: '3', exact: true }).click({ modifiers: ['Shift'] });
  await choose('Insert', '2 rows above');
  await shows('A2', 'A3', 'A4', 'A5', 'C5').toEqual(['', '', 'Pear', 'Apple', '1.5']);
  await page.getByRole('rowheader', { name: '2', exact: true }).click();
  await page.getByRole('rowheader', { name: '3', exact: true }).click({ modifiers: ['Shift'] });
  await choose('Delete', '2 rows');
  await shows('A2', 'A3', 'C3').toEqual(['Pear', 'Apple', '1.5']);
  await at('A2').click();
  await at('C4').click({ modifiers: ['Shift'] });
  await choose('Sort', 'A to Z');
  await shows('A1', 'A2', 'A3', 'A4').toEqual(['Name', 'Apple', 'Fig', 'Pear']);
  await choose('Sort', 'Z to A');
  await shows('A2', 'A3', 'A4').toEqual(['Pear', 'Fig', 'Apple']);
});

it('copies and pastes within the sheet, and makes room for what is pasted', async () => {
  await person.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await at('A2').click();
  await at('B4').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+c');
  await at('F2').click();
  await page.keyboard.press('Control+v');
  await shows('F2', 'G2', 'F4', 'G4').toEqual(['Pear', '3', 'Fig', '2']);
});

it('has a name for every control, contrast in both schemes, and fits', async () => {
  await page.getByRole('button', { name: 'Insert' }).click();
  await page.getByRole('menuitem').first().waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect.poll(() => faintTexts(page)).toEqual([]);
  }
  expect(await unnamedControls(page)).toEqual([]);
  for (const width of [1440, 768, 384]) {
    await page.setViewportSize({ width, height: 800 });
    await expect.poll(() => sidewaysScroll(page)).toBe(0);
  }
  expect(person.wrongs).toEqual([]);
});
