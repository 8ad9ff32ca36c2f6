/** The schedule of an exporter in a real browser: chosen by keyboard, told before it is saved, refused at its field, rested. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signedInPerson } from '../../server/demo/person.ts';
import { openChromium } from '../support/chromium.ts';
import { lookingPerson, signIn } from '../support/looking-person.ts';
import { faintTexts, sidewaysScroll, unnamedControls } from '../support/page-checks.ts';
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

it('is chosen, told before it is saved, shown in the row, and rests', async () => {
  const owner = await signedInPerson(playground.serverUrl, 'ben@harbourbooks.example');
  await owner.connectXero((name) => name.startsWith('Demo'));
  const { connections } = await owner.call('listConnections', {});
  const sheet = await owner.call('createSpreadsheet', { body: { title: 'Books' } });
  const { id: exporterId } = await owner.call('createExporter', {
    body: {
      name: 'Contacts',
      connectionId: connections[0]?.id ?? '',
      dataset: 'contacts',
      destination: { spreadsheetId: sheet.id },
    },
  });
  // Of every width the narrowest: the sidebar's.
  const ben = await lookingPerson(browser, { viewport: { width: 300, height: 900 } });
  const { page } = ben;
  await page.goto(playground.serverUrl);
  await signIn(ben, page, 'Ben Okafor');
  await page.getByRole('button', { name: 'Edit exporter: Contacts' }).click();
  const cadence = page.getByRole('group', { name: 'Schedule' }).getByRole('combobox').first();
  await cadence.focus();
  expect(await cadence.inputValue()).toBe('');
  await page.keyboard.type('Every week, on');
  await expect.poll(() => cadence.inputValue()).toBe('weekly');
  const told = page.getByRole('group', { name: 'Schedule' }).getByRole('status');
  await expect.poll(() => told.innerText()).toMatch(/^Every Monday at 06:00 Pacific\/Auckland\n+Mon \d/);
  expect(await told.getByRole('listitem').allTextContents()).toHaveLength(3);

  await page.getByRole('checkbox', { name: 'Friday' }).focus();
  await page.keyboard.press('Space');
  await expect.poll(() => told.innerText()).toContain('Every Monday and Friday at 06:00');
  await page.getByRole('checkbox', { name: 'Monday' }).uncheck();
  await page.getByRole('checkbox', { name: 'Friday' }).uncheck();
  await page.getByText('Must name at least one day.').waitFor();
  expect(await sidewaysScroll(page)).toBe(0);
  expect(await unnamedControls(page)).toEqual([]);
  expect(await faintTexts(page)).toEqual([]);

  await cadence.selectOption('cron');
  const expression = page.getByRole('textbox', { name: 'Cron expression' });
  await expression.fill('* * * * *');
  await page.getByText('Must leave 15 minutes between two times.').waitFor();
  expect(await expression.getAttribute('aria-invalid')).toBe('true');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByRole('alert').filter({ hasText: 'schedule.expression' }).waitFor();
  await expression.fill('30 7 * * mon-fri');
  await page.getByRole('combobox', { name: 'Time zone' }).selectOption('Europe/London');
  await expect.poll(() => told.innerText()).toMatch(/^By cron 30 7 \* \* mon-fri, Europe\/London/);
  const first = await told.getByRole('listitem').first().textContent();
  await page.getByRole('button', { name: 'Save changes' }).click();

  // What was shown is what the row says and what the server will take.
  await page.getByText(`Next: ${first}`).waitFor();
  const { schedule, nextDueAt } = await owner.call('getExporter', { params: { exporterId } });
  expect(schedule?.next[0]).toEqual({ at: nextDueAt, words: first });
  await page.getByRole('button', { name: 'Pause: Contacts' }).click();
  await page.getByText(/^Paused since today .*: By cron 30 7/).waitFor();
  await page.getByRole('button', { name: 'Resume: Contacts' }).click();
  await page.getByText(`Next: ${first}`).waitFor();

  // Somebody else is a moment earlier, and Xero is slow to answer.
  await playground.xero('fault', { kind: 'unavailable', count: 2 });
  await page.route('**/runs', async (route) => {
    await owner.call('startRun', { params: { exporterId }, body: {} });
    await route.continue();
  });
  await page.getByRole('button', { name: 'Run Contacts now' }).click();
  await page.getByText('A run was under way already; you joined it.').waitFor();
  const refused = ben.wrongs.filter((wrong) => !/schedules\/preview .*400|exporters\/\w+ .*400/.test(wrong));
  expect(refused).toEqual([]);
  await ben.context.close();
});
