/** The app as registered with Xero, and the people who can consent. */

export interface XeroClient {
  clientId: string;
  clientSecret: string;
  /** Matched exactly. Null: any `http://localhost:PORT/...` and any https address, for a sandbox whose callers choose free ports. */
  redirectUris: string[] | null;
  /** Shown as ProviderName in every answer. */
  name: string;
}

export interface XeroUser {
  id: string;
  email: string;
  givenName: string;
  familyName: string;
}

export const DEFAULT_CLIENT: XeroClient = {
  clientId: 'F0110C33AB5A4D0B8E1F5A4DB0C5A9D2',
  clientSecret: 'sandbox-secret-that-opens-nothing-real',
  redirectUris: null,
  name: 'Foliokeep sandbox',
};

export const USERS: [XeroUser, ...XeroUser[]] = [
  {
    id: '7d1f3c52-6b0e-4f2a-9a31-2c8f0f5f1a01',
    email: 'rewi@example.com',
    givenName: 'Rewi',
    familyName: 'Tamatea',
  },
  {
    id: '7d1f3c52-6b0e-4f2a-9a31-2c8f0f5f1a02',
    email: 'ada@example.com',
    givenName: 'Ada',
    familyName: 'Okafor',
  },
];

/** Https, or http on localhost by name; 127.0.0.1 is refused (xero-api.md 1.1, 2026-11-20). */
export function isRegisteredRedirect(client: XeroClient, redirectUri: string | null): redirectUri is string {
  if (redirectUri === null || !URL.canParse(redirectUri)) return false;
  const { protocol, hostname } = new URL(redirectUri);
  if (protocol !== 'https:' && !(protocol === 'http:' && hostname === 'localhost')) return false;
  return client.redirectUris === null || client.redirectUris.includes(redirectUri);
}
