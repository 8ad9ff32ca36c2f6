/** The sandbox as a process of its own: Xero and Google on two ports of this machine, sharing one clock. */
import './small-heap.ts';
import { parseArgs } from 'node:util';
import { sandboxClock } from './clock.ts';
import { DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET, SCRIPT_CLIENT_ID } from './google/seeded-people.ts';
import { serveGoogleSandbox } from './google/serve-google-sandbox.ts';
import { COMPANY_SIZES, type CompanySize } from './xero/company/generate.ts';
import { DEFAULT_CLIENT } from './xero/oauth/registration.ts';
import { createXeroSandbox, serveXeroSandbox } from './xero/xero-sandbox.ts';

const { values } = parseArgs({
  options: {
    /** Of the first organisation, or of the first few with commas between: `large,medium`. */
    size: { type: 'string', default: 'small' },
    /** Names with commas between; all where left out. */
    organisations: { type: 'string' },
    seed: { type: 'string', default: '1' },
    'xero-port': { type: 'string', default: '0' },
    'google-port': { type: 'string', default: '0' },
    'no-limits': { type: 'boolean', default: false },
  },
});

const clock = sandboxClock(() => Date.now());
const seed = Number(values.seed);
const xero = await serveXeroSandbox(
  createXeroSandbox({
    seed,
    size: values.size.split(',').map(sizeNamed),
    ...(values.organisations === undefined ? {} : { organisations: values.organisations.split(',') }),
    clock,
    rateLimits: !values['no-limits'],
  }),
  { port: Number(values['xero-port']) },
);
const google = await serveGoogleSandbox({
  seed,
  clock,
  quotas: !values['no-limits'],
  port: Number(values['google-port']),
});

function sizeNamed(name: string): CompanySize {
  const size = COMPANY_SIZES.find((each) => each === name);
  if (size === undefined) throw new Error(`--size takes ${COMPANY_SIZES.join(', ')}, not ${name}`);
  return size;
}

const stop = async (): Promise<void> => {
  await Promise.all([xero.close(), google.close()]);
  process.exit(0);
};
process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
// A parent that is gone wants no orphans.
process.once('disconnect', () => void stop());

process.stdout.write(
  `${JSON.stringify({
    ready: {
      xero: {
        origin: xero.origin,
        clientId: DEFAULT_CLIENT.clientId,
        clientSecret: DEFAULT_CLIENT.clientSecret,
      },
      google: {
        origin: google.origin,
        clientId: DEFAULT_CLIENT_ID,
        clientSecret: DEFAULT_CLIENT_SECRET,
        scriptClientId: SCRIPT_CLIENT_ID,
      },
    },
  })}\n`,
);
