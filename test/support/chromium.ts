/** A headless Chromium that comes with npm alone; FOLIOKEEP_CHROMIUM names another one, such as Debian's. */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as launcher } from 'playwright-core';

/** The package unpacks into TMPDIR once; in the project's own folder it stays for the next run. */
const unpacked = fileURLToPath(new URL('../../.foliokeep/chromium', import.meta.url));

/** Chromium asks Google's hosts for this and that at each start; a test asks nobody. */
const quiet = [
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-default-apps',
  '--disable-quic',
  '--no-first-run',
  '--no-sandbox',
];

export async function openChromium(): Promise<Browser> {
  mkdirSync(unpacked, { recursive: true });
  process.env['TMPDIR'] = unpacked;
  const own = process.env['FOLIOKEEP_CHROMIUM'];
  return launcher.launch({
    executablePath: own ?? (await chromium.executablePath()),
    // Not the package's own arguments: those are for a cloud function, in one process and without web security.
    args: quiet,
    headless: true,
  });
}
