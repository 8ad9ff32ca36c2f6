/** The two small pages at the end of a consent. They close their window; the page that opened it goes on. */

const style = `
:root { color-scheme: light dark; --ink: #1f1f1f; --paper: #fff; --line: #dadce0; --accent: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e3e3e3; --paper: #131314; --line: #3c4043; --accent: #a8c7fa; } }
body { font: 14px/20px "Google Sans", Roboto, system-ui, sans-serif; margin: 0; display: grid; place-items: center; min-height: 100vh; background: var(--paper); color: var(--ink); }
main { max-width: 400px; padding: 24px; }
p { margin: 0 0 16px; overflow-wrap: anywhere; }
a, button { color: var(--accent); }
button { min-height: 32px; padding: 4px 12px; border: 1px solid var(--line); border-radius: 4px; background: none; font: inherit; margin-right: 8px; cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }`;

const page = (title: string, body: string, nonce: string): string =>
  `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · Foliokeep</title><link rel="icon" href="data:,"><style nonce="${nonce}">${style}</style></head><body><main>${body}</main><script nonce="${nonce}" src="/oauth/close.js"></script></body></html>`;

/** `/close.js` tells our open pages that a consent ended, and closes a window that a script opened. */
export const closingPage = (sentence: string, returnTo: string, nonce: string): string =>
  page(
    'Done',
    `<p>${inHtml(sentence)}</p><p>You can close this window. <a href="${inHtml(returnTo)}">Go to Foliokeep</a></p>`,
    nonce,
  );

/** Stays open until it is read. */
export const problemPage = (sentence: string, returnTo: string, nonce: string): string =>
  page(
    'Not done',
    `<p role="alert">${inHtml(sentence)}</p><p><button type="button" id="close" hidden>Close this window</button> <a href="${inHtml(returnTo)}">Go to Foliokeep</a></p>`,
    nonce,
  );

export const closeScript = `const button = document.getElementById('close');
if (button === null) {
  new BroadcastChannel('foliokeep').postMessage('consent-ended');
  if (window.opener) window.close();
} else if (window.opener) {
  button.hidden = false;
  button.addEventListener('click', () => window.close());
  button.focus();
}
`;

const inHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
