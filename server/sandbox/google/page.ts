/** The plain frame of the sandbox's own pages: consent, Picker, errors. No outside assets. */

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const STYLE = `
  :root { color-scheme: light dark; --line: #dadce0; --ink: #1f1f1f; --soft: #5f6368; --blue: #0b57d0; --card: #fff; --page: #f0f4f9 }
  @media (prefers-color-scheme: dark) { :root { --line: #3c4043; --ink: #e3e3e3; --soft: #9aa0a6; --blue: #a8c7fa; --card: #1e1f20; --page: #131314 } }
  * { box-sizing: border-box }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
  main { width: 100%; max-width: 460px; background: var(--card); border-radius: 20px; padding: 36px }
  h1 { font-size: 24px; font-weight: 500; line-height: 1.25; margin: 0 0 8px }
  p { margin: 0 0 16px; color: var(--soft) }
  fieldset { border: 0; padding: 0; margin: 24px 0 0 }
  legend { padding: 0; margin-bottom: 8px; font-weight: 500 }
  label { display: flex; gap: 12px; align-items: flex-start; padding: 12px; border: 1px solid var(--line); border-radius: 12px; margin-bottom: 8px; cursor: pointer }
  label:has(input:focus-visible) { outline: 2px solid var(--blue) }
  input { margin: 5px 0 0; accent-color: var(--blue) }
  label small { display: block; color: var(--soft) }
  ul { margin: 8px 0 0; padding-left: 20px; color: var(--soft) }
  footer { display: flex; justify-content: flex-end; gap: 8px; margin-top: 28px }
  button { font: inherit; font-weight: 500; padding: 9px 22px; border-radius: 20px; border: 1px solid var(--line); background: none; color: var(--blue); cursor: pointer }
  button.primary { background: var(--blue); border-color: var(--blue); color: var(--card) }
  .note { font-size: 13px; margin: 20px 0 0 }
  code { font-size: 14px }`;

export const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main>${body}` +
  `<p class="note">Sandbox: this stands in for Google on this machine. No real account is involved.</p></main></body></html>`;

/** Google's refusal to show a consent page at all: nothing is sent back to the app. */
export const errorPage = (heading: string, code: string, detail: string): string =>
  page(
    heading,
    `<h1>${escapeHtml(heading)}</h1><p>${escapeHtml(detail)}</p><p><code>${escapeHtml(code)}</code></p>`,
  );
