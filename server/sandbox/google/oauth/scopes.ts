/** The scopes the sandbox knows, in Google's words and in plain ones. */

const BASE = 'https://www.googleapis.com/auth/';

export interface Scope {
  /** As it comes back in the token response. */
  value: string;
  /** What the consent page says. */
  plain: string;
  /** Part of signing in: not shown as a choice of its own. */
  isIdentity: boolean;
}

const SCOPES: readonly (Scope & { aliases?: readonly string[] })[] = [
  { value: 'openid', plain: 'Know who you are on Google', isIdentity: true },
  { value: `${BASE}userinfo.email`, plain: 'See your email address', isIdentity: true, aliases: ['email'] },
  { value: `${BASE}userinfo.profile`, plain: 'See your name', isIdentity: true, aliases: ['profile'] },
  {
    value: `${BASE}drive.file`,
    plain: 'See, edit, create and delete only the Google Drive files that you use with this app',
    isIdentity: false,
  },
  {
    value: `${BASE}spreadsheets`,
    plain: 'See, edit, create and delete all your Google Sheets spreadsheets',
    isIdentity: false,
  },
  {
    value: `${BASE}spreadsheets.readonly`,
    plain: 'See all your Google Sheets spreadsheets',
    isIdentity: false,
  },
  {
    value: `${BASE}drive`,
    plain: 'See, edit, create and delete all of your Google Drive files',
    isIdentity: false,
  },
  {
    value: `${BASE}drive.readonly`,
    plain: 'See and download all your Google Drive files',
    isIdentity: false,
  },
];

/** Undefined when one of them is unknown; the order asked for is kept, doubles are not. */
export const readScopes = (text: string): Scope[] | undefined => {
  const asked = text.split(/\s+/).filter(Boolean);
  const found = asked.map((name) =>
    SCOPES.find(({ value, aliases }) => value === name || aliases?.includes(name)),
  );
  if (found.length === 0 || found.some((scope) => !scope)) return undefined;
  return [...new Set(found)].filter((scope): scope is (typeof SCOPES)[number] => scope !== undefined);
};

export const hasScope = (scopes: readonly string[], ...names: string[]): boolean =>
  names.some((name) => scopes.includes(name === 'openid' ? name : `${BASE}${name}`));
