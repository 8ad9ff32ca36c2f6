/** The two small pages of the add-on: complete HTML, no script, nothing from outside. */
import { about } from '../shared/labels.ts';

const style = `<style>
  :root { color-scheme: light dark; }
  body { font: 13px/20px "Google Sans", Roboto, system-ui, sans-serif; margin: 16px; color: #1f1f1f; background: #fff; }
  h1 { font-size: 16px; line-height: 24px; margin: 0 0 8px; font-weight: 500; }
  p { margin: 0 0 12px; }
  a { color: #0b57d0; }
  @media (prefers-color-scheme: dark) { body { color: #e3e3e3; background: #131314; } a { color: #a8c7fa; } }
</style>`;

const page = (title: string, paragraphs: readonly string[]): string =>
  `<!DOCTYPE html><html lang="en-GB"><head><base target="_blank"><meta charset="utf-8">${style}</head><body><h1>${title}</h1>${paragraphs
    .map((text) => `<p>${text}</p>`)
    .join('')}</body></html>`;

export const sidebarHtml = (): string => page(about.name, [about.sentence, about.whereToWork]);
export const aboutHtml = (): string =>
  page(about.name, [about.sentence, `Version ${about.version}. ${about.licence}`]);
