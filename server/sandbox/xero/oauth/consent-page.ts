/** The page on which a person gives an app access to organisations: plain, without scripts, and with everything named. */
import type { Company } from '../company/company.ts';
import type { XeroClient, XeroUser } from './registration.ts';
import { SCOPE_WORDS } from './scopes.ts';

export interface ConsentView {
  client: XeroClient;
  users: readonly XeroUser[];
  /** Whose session the browser has. */
  userId: string;
  companies: readonly Company[];
  scopes: string[];
  /** False when `acr_values=bulk_connect:false` asked for one organisation only. */
  canPickSeveral: boolean;
  /** Path and query that the form posts back to. */
  action: string;
  problem?: string;
}

export function consentPage(view: ConsentView): string {
  const kind = view.canPickSeveral ? 'checkbox' : 'radio';
  const users = view.users
    .map(
      (user) =>
        `<label><input type="radio" name="user" value="${user.id}"${user.id === view.userId ? ' checked' : ''}> ${inHtml(`${user.givenName} ${user.familyName}`)} <small>${inHtml(user.email)}</small></label>`,
    )
    .join('\n');
  const organisations = view.companies
    .map(
      ({ tenantId, profile }, at) =>
        `<label><input type="${kind}" name="organisation" value="${tenantId}"${at === 0 ? ' checked' : ''}> ${inHtml(profile.name)} <small>${profile.baseCurrency}</small></label>`,
    )
    .join('\n');
  const scopes = view.scopes.map((scope) => `<li>${inHtml(SCOPE_WORDS.get(scope) ?? scope)}</li>`).join('\n');
  return page(
    `${view.client.name} wants access`,
    `<h1>${inHtml(view.client.name)} wants access to your Xero data</h1>
${view.problem ? `<p role="alert">${inHtml(view.problem)}</p>` : ''}
<form method="post" action="${inHtml(view.action)}">
<fieldset><legend>Signed in as</legend>${users}</fieldset>
<fieldset><legend>${view.canPickSeveral ? 'Organisations to connect' : 'Organisation to connect'}</legend>${organisations}</fieldset>
<p>This app will be able to:</p>
<ul>
${scopes}
</ul>
<p class="buttons"><button name="decision" value="allow">Allow access</button>
<button name="decision" value="cancel" class="quiet">Cancel</button></p>
</form>
<p><small>This is the Foliokeep sandbox, not Xero. Everyone and every company here is made up.</small></p>`,
  );
}

/** What Xero shows where it cannot send the person back. */
export const consentErrorPage = (code: string, detail: string): string =>
  page(
    'Something went wrong',
    `<h1>Sorry, something went wrong</h1><p>Error: <strong>${inHtml(code)}</strong></p><p>${inHtml(detail)}</p>`,
  );

const page = (title: string, body: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${inHtml(title)}</title>
<style>
:root { color-scheme: light dark; --page: #f6f7f9; --sheet: #fff; --text: #1f1f1f; --quiet: #5a6068; --line: #d5d9de; --accent: #0b57d0; --on-accent: #fff; --bad: #a11515; }
@media (prefers-color-scheme: dark) { :root { --page: #131314; --sheet: #1e1f20; --text: #e6e6e6; --quiet: #a8adb4; --line: #44474c; --accent: #a8c7fa; --on-accent: #062e6f; --bad: #f2b8b5; } }
body { margin: 0; padding: 32px 16px; background: var(--page); color: var(--text); font: 14px/1.5 'Google Sans', Roboto, system-ui, sans-serif; }
main { max-width: 448px; margin: 0 auto; padding: 24px; background: var(--sheet); border: 1px solid var(--line); border-radius: 4px; }
h1 { margin: 0 0 16px; font-size: 20px; font-weight: 500; line-height: 1.3; overflow-wrap: anywhere; }
fieldset { margin: 0 0 16px; padding: 4px 12px 8px; border: 1px solid var(--line); border-radius: 4px; }
legend { padding: 0 4px; color: var(--quiet); }
label { display: block; padding: 4px 0; cursor: pointer; }
small { color: var(--quiet); font-size: 12px; }
ul { margin: 0 0 16px; padding-left: 20px; }
.buttons { display: flex; gap: 8px; }
button { padding: 8px 16px; border: 1px solid var(--accent); border-radius: 4px; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 500; cursor: pointer; }
button.quiet { border-color: var(--line); background: none; color: var(--accent); }
button:focus-visible, input:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
[role=alert] { padding: 8px 12px; border: 1px solid var(--bad); border-radius: 4px; color: var(--bad); }
</style>
</head>
<body><main>
${body}
</main></body>
</html>
`;

const inHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
