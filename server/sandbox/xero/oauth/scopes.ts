/** Which scopes exist for an app registered after 2 March 2026: the granular ones; broad ones are invalid (xero-api.md 1.4, 2026-11-20). */

const WITH_READ = [
  'invoices',
  'payments',
  'banktransactions',
  'manualjournals',
  'contacts',
  'settings',
  'attachments',
];
const REPORTS = [
  'aged',
  'balancesheet',
  'banksummary',
  'budgetsummary',
  'executivesummary',
  'profitandloss',
  'trialbalance',
  'taxreports',
  'tenninetynine',
];

/** What the consent page says of each; also the list of what may be asked for. */
export const SCOPE_WORDS = new Map<string, string>([
  ['openid', 'Know that it is you'],
  ['profile', 'See your name'],
  ['email', 'See your email address'],
  ['offline_access', 'Keep access while you are away'],
  ...WITH_READ.flatMap((name): [string, string][] => [
    [`accounting.${name}`, `View and manage your ${spoken(name)}`],
    [`accounting.${name}.read`, `View your ${spoken(name)}`],
  ]),
  ['accounting.budgets.read', 'View your budgets'],
  ['accounting.journals.read', 'View your journals'],
  ...REPORTS.map((name): [string, string] => [
    `accounting.reports.${name}.read`,
    `View your ${spoken(name)} report`,
  ]),
  ['files', 'View and manage your files'],
  ['files.read', 'View your files'],
  ['assets', 'View and manage your fixed assets'],
  ['assets.read', 'View your fixed assets'],
  ['projects', 'View and manage your projects'],
  ['projects.read', 'View your projects'],
]);

/** Null when every scope may be asked for; else the first that may not. */
export const firstInvalidScope = (scopes: string[]): string | null =>
  scopes.find((scope) => !SCOPE_WORDS.has(scope)) ?? null;

export const scopesOf = (text: string | null): string[] => [
  ...new Set((text ?? '').split(/\s+/).filter(Boolean)),
];

function spoken(name: string): string {
  return (
    {
      banktransactions: 'bank transactions',
      manualjournals: 'manual journals',
      settings: 'organisation settings, accounts and tax rates',
      balancesheet: 'balance sheet',
      banksummary: 'bank summary',
      budgetsummary: 'budget summary',
      executivesummary: 'executive summary',
      profitandloss: 'profit and loss',
      trialbalance: 'trial balance',
      taxreports: 'tax',
      tenninetynine: '1099',
      invoices: 'invoices and bills',
    }[name] ?? name
  );
}
