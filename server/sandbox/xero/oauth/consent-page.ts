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
body { margin: 0; padding: 2rem 1rem; background: #f3f5f7; color: #1c2733; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 30rem; margin: 0 auto; padding: 2rem; background: #fff; border-radius: 12px; box-shadow: 0 1px 4px rgb(0 0 0 / 12%); }
h1 { margin: 0 0 1rem; font-size: 1.35rem; line-height: 1.3; }
fieldset { margin: 0 0 1rem; padding: .5rem 1rem .75rem; border: 1px solid #ccd6e0; border-radius: 8px; }
legend { padding: 0 .35rem; color: #4a5a6a; font-size: .9rem; }
label { display: block; padding: .3rem 0; cursor: pointer; }
small { color: #5a6a7a; }
ul { padding-left: 1.25rem; }
.buttons { display: flex; gap: .75rem; }
button { padding: .6rem 1.4rem; border: 1px solid #0b6b99; border-radius: 8px; background: #0b6b99; color: #fff; font: inherit; font-weight: 600; cursor: pointer; }
button.quiet { background: #fff; color: #0b6b99; }
button:focus-visible, input:focus-visible { outline: 3px solid #f5b83d; outline-offset: 2px; }
[role=alert] { padding: .6rem 1rem; border-radius: 8px; background: #fdeaea; color: #8f1d1d; }
</style>
</head>
<body><main>
${body}
</main></body>
</html>
`;

const inHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
