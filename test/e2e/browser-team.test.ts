/** The team in a real browser: invited by a link, joined, switched, removed; who did what is shown, and nothing stays of another team. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChromium } from '../support/chromium.ts';
import { type LookingPerson, lookingPerson, signIn } from '../support/looking-person.ts';
import { faintTexts, sidewaysScroll, unnamedControls } from '../support/page-checks.ts';
import { type RunningPlayground, startPlayground } from '../support/playground.ts';

let playground: RunningPlayground;
let browser: Browser;
let amelia: LookingPerson;
let ben: LookingPerson;
let link: string;

beforeAll(async () => {
  [playground, browser] = await Promise.all([startPlayground(), openChromium()]);
  [amelia, ben] = await Promise.all([
    lookingPerson(browser),
    lookingPerson(browser, { colorScheme: 'dark' }),
  ]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  expect(await playground?.stop()).toBe(0);
});

const toTeam = ({ page }: LookingPerson) => page.getByRole('button', { name: 'Team', exact: true }).click();

it('invites by keyboard and shows the link once', async () => {
  const { page } = amelia;
  await page.goto(playground.serverUrl);
  await signIn(amelia, page, 'Amelia Hart');
  await toTeam(amelia);
  await page.getByText('You are alone here.').waitFor();
  await page.getByLabel('E-mail address of their Google account').fill('not an address');
  await page.keyboard.press('Enter');
  await page.getByText('email: is not an address').waitFor();
  await page.getByLabel('E-mail address of their Google account').fill('ben@harbourbooks.example');
  await page.keyboard.press('Enter');
  const shown = page.getByLabel('Link for ben@harbourbooks.example');
  await shown.waitFor();
  link = await shown.inputValue();
  await page.getByText(/^Invited as editor, until /).waitFor();
  await page.reload();
  await toTeam(amelia);
  await page.getByText(/^Invited as editor, until /).waitFor();
  expect(await shown.count()).toBe(0);
});

it('is joined with the account of that address, and looks at one team at a time', async () => {
  const { page } = ben;
  await page.goto(link);
  await ben.inWindow(
    () => page.getByRole('button', { name: 'Sign in with Google' }).click(),
    async (window) => {
      await window.getByRole('radio', { name: 'Ben Okafor' }).check();
      await window.getByRole('button', { name: 'Allow' }).click();
    },
  );
  await page.getByText('Amelia Hart invites you to Amelia Hart as editor.').waitFor();
  await page.getByRole('button', { name: 'Join team' }).click();
  const teams = page.getByRole('combobox', { name: 'Team' });
  await teams.waitFor();
  expect(page.url()).not.toContain('invitation');
  await toTeam(ben);
  await page.getByText('Ben Okafor (you)').waitFor();
  expect(await page.getByText('Invite somebody').count()).toBe(0);
  await teams.selectOption({ label: 'Ben Okafor' });
  await page.getByText('You are alone here.').waitFor();
  await teams.selectOption({ label: 'Amelia Hart' });
  await page.getByText('Ben Okafor (you)').waitFor();
});

it('has a name for every control, contrast in both schemes, and room on a narrow page', async () => {
  await amelia.page.reload();
  for (const person of [amelia, ben]) {
    await toTeam(person);
    await person.page.getByText('Ben Okafor').first().waitFor({ state: 'attached' });
    expect(await unnamedControls(person.page)).toEqual([]);
    expect(await faintTexts(person.page)).toEqual([]);
    await person.page.setViewportSize({ width: 320, height: 800 });
    expect(await sidewaysScroll(person.page)).toBe(0);
    await person.page.setViewportSize({ width: 1440, height: 900 });
  }
});

it('removes somebody after saying what stops, and they are out at once', async () => {
  const { page } = amelia;
  await page.getByRole('button', { name: 'Remove Ben Okafor from this team' }).click();
  await page.getByText('No tab is written with their Google access.').waitFor();
  await page.getByRole('button', { name: 'Remove Ben Okafor', exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByText('You are alone here.').waitFor();
  await ben.page.reload();
  await ben.page.getByRole('button', { name: 'Sign in with Google' }).waitFor();
});

it('keeps the last owner, and says why', async () => {
  const { page } = amelia;
  await page.getByRole('combobox', { name: 'Role of Amelia Hart' }).selectOption('viewer');
  await page.getByText('A team needs an owner. Make somebody else an owner first.').waitFor();
  expect(await page.getByRole('combobox', { name: 'Role of Amelia Hart' }).inputValue()).toBe('owner');
});

it('shows who did what, and checks that nobody altered it', async () => {
  const { page } = amelia;
  await page.reload();
  await toTeam(amelia);
  await page.getByRole('cell', { name: 'Removed ben@harbourbooks.example' }).waitFor();
  await page.getByRole('cell', { name: 'Refused: LAST_OWNER' }).waitFor();
  await page.getByRole('button', { name: 'Check record' }).click();
  await page.getByText(/^All \d+ entries are as written: none was altered or removed\.$/).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download activity' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('foliokeep-activity.jsonl');
  expect(ben.wrongs).toEqual([]);
  // What was refused is in the console too.
  expect(amelia.wrongs.filter((wrong) => !/4\d\d/.test(wrong))).toEqual([]);
});
