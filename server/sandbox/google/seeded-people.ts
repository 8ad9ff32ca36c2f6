/** The people and the apps that every sandbox starts with. */
import type { Account, OAuthClient } from './world.ts';

export const DEFAULT_CLIENT_ID = '480061117302-foliokeepweb.apps.googleusercontent.com';
export const DEFAULT_CLIENT_SECRET = 'GOCSPX-sandbox-foliokeep-web';
/** The Apps Script project's own client: the `aud` of `ScriptApp.getIdentityToken()`. */
export const SCRIPT_CLIENT_ID = '480061117302-foliokeepscript.apps.googleusercontent.com';
export const PROJECT_NUMBER = '480061117302';

export const SEEDED_ACCOUNTS: readonly Account[] = [
  { sub: '104512670381120044871', email: 'amelia@harbourbooks.example', name: 'Amelia Hart' },
  { sub: '111873945520613389902', email: 'ben@harbourbooks.example', name: 'Ben Okafor' },
  { sub: '117400286195537741158', email: 'chloe@fernhill.example', name: 'Chloe Fern' },
];

/** Web client and script client live in one Cloud project, as google-platform.md section 0.3 wants it. */
export const seededClients = (clientId: string, clientSecret: string): OAuthClient[] => [
  { clientId, clientSecret, appName: 'Foliokeep', projectNumber: PROJECT_NUMBER, redirectUris: [] },
  { clientId: SCRIPT_CLIENT_ID, appName: 'Foliokeep', projectNumber: PROJECT_NUMBER, redirectUris: [] },
];
