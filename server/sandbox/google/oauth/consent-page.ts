/** What a person sees when an app asks for their Google account: whose, for what, Allow or Cancel. */
import { escapeHtml, page } from '../page.ts';
import type { World } from '../world.ts';
import type { ConsentRequest } from './authorize.ts';

const hidden = (name: string, value: string): string =>
  `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`;

export const consentPage = (world: World, { client, scopes, params }: ConsentRequest): string => {
  const hint = params.get('login_hint');
  const chosen = world.accounts.find(({ email, sub }) => email === hint || sub === hint) ?? world.accounts[0];
  const accounts = world.accounts
    .map(
      (account) =>
        `<label><input type="radio" name="account" value="${escapeHtml(account.email)}"${account === chosen ? ' checked' : ''} required>` +
        `<span>${escapeHtml(account.name)}<small>${escapeHtml(account.email)}</small></span></label>`,
    )
    .join('');
  const identity = scopes.filter(({ isIdentity }) => isIdentity);
  const choices = scopes
    .filter(({ isIdentity }) => !isIdentity)
    .map(
      ({ value, plain }) =>
        `<label><input type="checkbox" name="granted" value="${escapeHtml(value)}" checked><span>${escapeHtml(plain)}</span></label>`,
    )
    .join('');
  const signIn = identity.length
    ? `<fieldset><legend>${escapeHtml(client.appName)} will</legend><ul>${identity.map(({ plain }) => `<li>${escapeHtml(plain)}</li>`).join('')}</ul></fieldset>`
    : '';
  const asks = choices
    ? `<fieldset><legend>${escapeHtml(client.appName)} asks to</legend>${choices}</fieldset>`
    : '';
  return page(
    `Sign in to ${client.appName}`,
    `<h1>Sign in to ${escapeHtml(client.appName)}</h1><p>Choose an account, and what the app may do with it.</p>` +
      `<form method="post" action="/o/oauth2/v2/auth">${[...params].map(([name, value]) => hidden(name, value)).join('')}` +
      `<fieldset><legend>Account</legend>${accounts}</fieldset>${signIn}${asks}` +
      `<footer><button name="decision" value="cancel" formnovalidate>Cancel</button>` +
      `<button class="primary" name="decision" value="allow">Allow</button></footer></form>`,
  );
};
