/** The two small pages at the end of a consent. They close their window; the page that opened it goes on. */

const style = `
:root { color-scheme: light dark; }
body { font: 14px/20px "Google Sans", Roboto, system-ui, sans-serif; margin: 0; display: grid; place-items: center; min-height: 100vh; background: #fff; color: #1f1f1f; }
main { max-width: 400px; padding: 24px; }
p { margin: 0 0 16px; }
a { color: #0b57d0; }
@media (prefers-color-scheme: dark) { body { background: #131314; color: #e3e3e3; } a { color: #a8c7fa; } }`;

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · Foliokeep</title><style>${style}</style></head><body><main>${body}</main></body></html>`;

/** `/close.js` closes a window that a script opened, and does nothing in any other. */
export const closingPage = (sentence: string, returnTo: string): string =>
  page(
    'Done',
    `<p>${inHtml(sentence)}</p><p>You can close this window. <a href="${inHtml(returnTo)}">Go to Foliokeep</a></p><script src="/close.js"></script>`,
  );

export const problemPage = (sentence: string, returnTo: string): string =>
  page(
    'Not done',
    `<p role="alert">${inHtml(sentence)}</p><p><a href="${inHtml(returnTo)}">Go back to Foliokeep</a></p>`,
  );

export const closeScript = 'if (window.opener) window.close();\n';

const inHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
