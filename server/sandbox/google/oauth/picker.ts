/** `/picker`: the page where a person gives an app some of their spreadsheets (stands in for Google Picker). */
import type { HttpResponse } from '../../../domain/http-message.ts';
import { roleOf } from '../file-access.ts';
import { errorPage, escapeHtml, page } from '../page.ts';
import { bodyForm, type Call, html, redirect } from '../respond.ts';
import { type Account, fileName, grantKey, type OAuthClient, type World } from '../world.ts';

/**
 * Parameters: `oauth_token` (an access token of the user, as `setOAuthToken` takes it) or `client_id` and `account`;
 * `file_ids` (comma-separated, as `setFileIds`) narrows the list; `return_to` receives `fileIds` after picking.
 */
export const picker = (world: World, call: Call): HttpResponse => {
  const form = bodyForm(call);
  const params = call.method === 'POST' ? form : call.url.searchParams;
  const who = readPerson(world, params);
  if (!who)
    return html(
      401,
      errorPage('Sign in first', 'Error 401', 'The Picker needs an access token of the user.'),
    );
  const { account, client } = who;
  const only = params.get('file_ids')?.split(',').filter(Boolean);
  const files = [...world.files.values()].filter(
    (file) =>
      file.content.kind === 'spreadsheet' &&
      !file.trashed &&
      roleOf(file, account.email) &&
      (!only || only.includes(file.id)),
  );
  if (call.method !== 'POST')
    return html(
      200,
      pickerPage(
        client,
        account,
        params,
        files.map((file) => ({ id: file.id, name: fileName(file) })),
      ),
    );
  const picked =
    form.get('decision') === 'select'
      ? form.getAll('picked').filter((id) => files.some((file) => file.id === id))
      : [];
  for (const id of picked) world.fileGrants.add(grantKey(client.projectNumber, account.sub, id));
  const returnTo = params.get('return_to');
  if (returnTo && URL.canParse(returnTo) && ['127.0.0.1', 'localhost'].includes(new URL(returnTo).hostname)) {
    const target = new URL(returnTo);
    target.searchParams.set('fileIds', picked.join(','));
    return redirect(target.href);
  }
  const said =
    picked.length > 0
      ? `${client.appName} can now use ${picked.length === 1 ? 'the spreadsheet' : `${picked.length} spreadsheets`} you picked.`
      : 'Nothing was picked.';
  return html(200, page('Done', `<h1>Done</h1><p>${escapeHtml(said)} You can close this tab.</p>`));
};

const readPerson = (
  world: World,
  params: URLSearchParams,
): { account: Account; client: OAuthClient } | undefined => {
  const token = params.get('oauth_token');
  const session = token ? world.tokens.readAccessToken(token) : undefined;
  const clientId = session?.clientId ?? (token ? undefined : params.get('client_id'));
  const client = world.clients.find((candidate) => candidate.clientId === clientId);
  const account = world.accounts.find(({ sub, email }) =>
    session ? sub === session.sub : email === params.get('account'),
  );
  return client && account ? { account, client } : undefined;
};

const pickerPage = (
  client: OAuthClient,
  account: Account,
  params: URLSearchParams,
  files: readonly { id: string; name: string }[],
): string => {
  const kept = [...params].map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const rows = files.map(
    ({ id, name }) =>
      `<label><input type="checkbox" name="picked" value="${escapeHtml(id)}"${files.length === 1 ? ' checked' : ''}>` +
      `<span>${escapeHtml(name)}<small>Google Sheets</small></span></label>`,
  );
  const body =
    rows.length > 0
      ? `<fieldset><legend>Your spreadsheets</legend>${rows.join('')}</fieldset>`
      : '<p>There is no spreadsheet to choose from.</p>';
  return page(
    'Select a spreadsheet',
    `<h1>Select a spreadsheet</h1><p>${escapeHtml(client.appName)} will be able to see and edit only what you pick. Signed in as ${escapeHtml(account.email)}.</p>` +
      `<form method="post" action="/picker">${kept.join('')}${body}<footer><button name="decision" value="cancel">Cancel</button>` +
      `<button class="primary" name="decision" value="select"${rows.length > 0 ? '' : ' disabled'}>Select</button></footer></form>`,
  );
};
