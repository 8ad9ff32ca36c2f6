import { undiciNetwork } from '../../server/embedded/undici-network.ts';
import { RetryError } from '../../server/errors.ts';
import { googleDrive } from '../../server/google/drive.ts';
import { googleSheets } from '../../server/google/sheets.ts';
import type { Network } from '../../server/ports.ts';
import { sandboxClock } from '../../server/sandbox/clock.ts';
import {
  createGoogleSandbox,
  type GoogleSandbox,
} from '../../server/sandbox/google/create-google-sandbox.ts';
import { serveGoogleSandbox } from '../../server/sandbox/google/serve-google-sandbox.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { type MadeSheets, sheetsContract } from './sheets.contract.ts';

const USER = 'amelia@harbourbooks.example';
const sandboxOptions = {
  seed: 3,
  clock: sandboxClock(() => Date.UTC(2026, 10, 20)),
  quotas: false,
};

sheetsContract('Google’s clients over the sandbox in process', async () => {
  const sandbox = createGoogleSandbox(sandboxOptions);
  const network: Network = {
    request: (request) =>
      sandbox.handle(request).catch((error: unknown) => {
        throw new RetryError('NETWORK', { problem: 'reset' }, error);
      }),
  };
  return made(sandbox, network, 'http://google.sandbox', async () => undefined);
});

sheetsContract('Google’s clients over the sandbox behind a socket', async () => {
  const { sandbox, origin, close } = await serveGoogleSandbox(sandboxOptions);
  const network = undiciNetwork();
  return made(sandbox, network, origin, async () => {
    await network.close();
    await close();
  });
});

async function made(
  { control }: GoogleSandbox,
  network: Network,
  rootUrl: string,
  close: () => Promise<void>,
): Promise<MadeSheets> {
  const tabs = [{ title: 'Data', sheetId: 11, rows: 20, columns: 6 }];
  const { spreadsheetId } = control.createSpreadsheet({ owner: USER, timeZone: 'Pacific/Auckland', tabs });
  const { spreadsheetId: foreignId } = control.createSpreadsheet({ owner: USER });
  await control.run({ action: 'pickFile', user: USER, spreadsheetId });
  const newToken = async () =>
    String((await control.run({ action: 'grantTokens', user: USER }))['accessToken']);
  let token = await newToken();
  const access = {
    tokens: {
      async accessToken(_grantId: string, refused?: string) {
        if (refused === token) token = await newToken();
        return token;
      },
    },
    clock: { now: () => Date.UTC(2026, 10, 20), sleep: async () => undefined },
    random: seededRandom(),
    network,
  };
  return {
    sheets: googleSheets(access, { rootUrl }),
    drive: googleDrive(access, { rootUrl }),
    grantId: 'grant',
    spreadsheetId,
    foreignId,
    async type(cell, value) {
      await control.run({
        action: 'personEdits',
        spreadsheetId,
        edits: [{ kind: 'set', cell: `Data!${cell}`, value }],
      });
    },
    async trash() {
      await control.run({ action: 'trashFile', spreadsheetId });
    },
    async fail(how) {
      const fault =
        how === 'lost' ? { kind: 'apply-then-timeout' as const } : { kind: 'status' as const, ...how };
      await control.run({ action: 'fault', fault });
    },
    async endToken() {
      await control.run({ action: 'expireAccessTokens' });
    },
    close,
  };
}
