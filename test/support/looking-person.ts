/** A person at a real browser: what the pages did wrong is collected, consents are given in their own windows. */
import type { Browser, BrowserContext, BrowserContextOptions, FrameLocator, Page } from 'playwright-core';

export interface LookingPerson {
  context: BrowserContext;
  page: Page;
  /** Errors of scripts and consoles, and requests to other machines. Empty is what is wanted. */
  wrongs: string[];
  /** Does what opens a window, then acts in it until it is closed. */
  inWindow(open: () => Promise<unknown>, act: (window: Page) => Promise<unknown>): Promise<void>;
}

/** Where the place is: the whole page, or Foliokeep in its frame. */
export type Place = Page | FrameLocator;

/** Being signed out is found out by asking; a consent that is refused ends with its own status; aborted by a test itself. */
const expected = [
  /\/api\/v1\/me .*401/,
  /\/oauth\/(google\/callback|xero\/callback|done) .*4\d\d/,
  /\/api\/v1\/.*net::ERR_FAILED/,
];

export async function lookingPerson(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<LookingPerson> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(30_000);
  const wrongs: string[] = [];
  context.on('page', (page) => {
    page.on('pageerror', (error) => wrongs.push(`page error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return;
      const line = `${message.location().url.split('?')[0]} ${message.text()}`;
      if (!expected.some((pattern) => pattern.test(line))) wrongs.push(`console: ${line}`);
    });
  });
  context.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    const isOurs = protocol === 'data:' || hostname === 'localhost' || hostname === '127.0.0.1';
    if (!isOurs) wrongs.push(`request to ${hostname}`);
  });
  const page = await context.newPage();
  return {
    context,
    page,
    wrongs,
    async inWindow(open, act) {
      const [window] = await Promise.all([context.waitForEvent('page'), open()]);
      await window.waitForLoadState();
      const closed = window.waitForEvent('close');
      await act(window);
      await closed;
    },
  };
}

export async function signIn(person: LookingPerson, place: Place, name: string): Promise<void> {
  await person.inWindow(
    () => place.getByRole('button', { name: 'Sign in with Google' }).click(),
    async (window) => {
      await window.getByRole('radio', { name }).check();
      await window.getByRole('button', { name: 'Allow' }).click();
    },
  );
  await place.getByRole('heading', { name: 'Organisations' }).waitFor();
}

/** At Xero: exactly these organisations. */
export async function pickOrganisations(window: Page, names: readonly RegExp[]): Promise<void> {
  for (const box of await window.getByRole('checkbox').all()) await box.uncheck();
  for (const name of names) await window.getByRole('checkbox', { name }).check();
  await window.getByRole('button', { name: 'Allow access' }).click();
}

/** Presses the button that ends the window. It may be gone before the press is confirmed: that is what was wanted. */
export async function closeByButton(window: Page): Promise<void> {
  try {
    await window.getByRole('button', { name: 'Close this window' }).click();
  } catch (error) {
    if (!window.isClosed()) throw error;
  }
}
