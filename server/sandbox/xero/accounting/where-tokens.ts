/** Cuts a `where` expression into tokens. */
import { queryRefused } from './refusal.ts';

export interface Token {
  kind: 'word' | 'string' | 'number' | 'operator' | 'mark';
  text: string;
  at: number;
}

const TOKEN =
  /\s*(?:(?<string>"(?:[^"\\]|\\.)*")|(?<number>-?\d+(?:\.\d+)?)|(?<operator>==|!=|<=|>=|=|<|>)|(?<word>&&|\|\||[A-Za-z_][\w.]*)|(?<mark>[(),]))/y;

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(text)?.groups;
    if (!found) throw queryRefused(`Syntax error '${text[at]}' (at index ${at})`);
    const [kind, value] = Object.entries(found).find(([, part]) => part !== undefined) as [
      Token['kind'],
      string,
    ];
    tokens.push({ kind, text: kind === 'string' ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value, at });
  }
  return tokens;
}
