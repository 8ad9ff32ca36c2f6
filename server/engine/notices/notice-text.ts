/** Notices as text of each channel: mail, chat, and the body of a webhook. No figure of the books and no secret is in any. */
import { type NoticeWords, noticeWords } from '../../../shared/notice-words.ts';
import type { Notice } from '../../domain/notice.ts';
import { type ErrorCode, errorTable, sentenceOf } from '../../errors.ts';

export interface Told {
  id: string;
  notice: Notice;
}

export interface MailText {
  subject: string;
  text: string;
  html: string;
}

/** Told by name in one message; the rest by number. */
const mostNamed = 20;
/** Google Chat takes 4,096 characters; so many are safe (google-platform.md section 10). */
const mostChatCharacters = 4_000;

export function wordsOf(notice: Notice): NoticeWords {
  const { kind, scope = 'grant', name, organisation = '', cause, until, count, provider = 'xero' } = notice;
  return noticeWords({
    kind,
    scope,
    name,
    organisation,
    provider,
    cause: causeOf(cause),
    until: until === undefined ? '' : sayInstant(until),
    count: count ?? null,
  });
}

/** The sentence of the error table; a code of a newer server says itself. */
export const causeOf = (cause: Notice['cause']): string => {
  if (cause === undefined) return '';
  return Object.hasOwn(errorTable, cause.code)
    ? sentenceOf(cause.code as ErrorCode, cause.details)
    : cause.code;
};

/** Where the dashboard shows what helps. */
export const linkOf = (publicUrl: string, { scope, subject }: Notice): string =>
  scope === 'exporter' ? `${publicUrl}/#exporter-${subject}` : `${publicUrl}/#notices`;

export function mailOf(told: readonly Told[], publicUrl: string): MailText {
  const [first] = told;
  if (first === undefined) throw new Error('A mail tells something');
  const parts = told.slice(0, mostNamed).map(({ notice }) => partOf(notice, publicUrl));
  const rest = told.length - parts.length;
  const more = rest === 0 ? [] : [`And ${rest} more: ${publicUrl}/#notices`];
  const subject =
    told.length === 1
      ? `${oneLine(wordsOf(first.notice).title)}${organisationOf(first.notice)}`
      : `${told.length} notices: ${oneLine(wordsOf(first.notice).title)}, …`;
  const settings = `${publicUrl}/#notices`;
  const text = [...parts.map(({ text }) => text), ...more, `What you hear of, and how: ${settings}`].join(
    '\n\n',
  );
  return {
    subject,
    text: `${text}\n`,
    html: page(
      parts.map(({ html }) => html),
      more,
      settings,
    ),
  };
}

export function chatOf(told: readonly Told[], publicUrl: string): string {
  const lines = told.slice(0, mostNamed).map(({ notice }) => {
    const { title, cause, safe } = wordsOf(notice);
    return [
      `*${plain(title)}*${plain(organisationOf(notice))}`,
      plain([cause, safe].filter(Boolean).join(' ')),
      linkOf(publicUrl, notice),
    ].join('\n');
  });
  const rest = told.length - lines.length;
  const text = [...lines, ...(rest === 0 ? [] : [`And ${rest} more: ${publicUrl}/#notices`])].join('\n\n');
  return text.length <= mostChatCharacters
    ? text
    : `${text.slice(0, mostChatCharacters - 60)}…\n${publicUrl}/#notices`;
}

/** One notice as JSON. Fields are added, never changed or taken away; `type` is `notice.` and its kind. */
export function webhookOf({ id, notice }: Told, publicUrl: string): string {
  const { title, cause, safe } = wordsOf(notice);
  return JSON.stringify({
    type: `notice.${notice.kind}`,
    timestamp: isoOf(notice.createdAt),
    data: {
      id,
      title,
      sentence: [cause, safe].filter(Boolean).join(' '),
      code: notice.cause?.code ?? null,
      about: { kind: notice.scope ?? 'grant', id: notice.subject, name: notice.name },
      organisation: notice.organisation ?? (notice.scope === 'exporter' ? null : notice.name),
      runId: notice.runId ?? null,
      until: notice.until === undefined ? null : isoOf(notice.until),
      url: linkOf(publicUrl, notice),
    },
  });
}

function partOf(notice: Notice, publicUrl: string): { text: string; html: string } {
  const { title, cause, safe, button } = wordsOf(notice);
  const heading = `${oneLine(title)}${organisationOf(notice)}`;
  const sentences = [cause, safe].filter(Boolean).map(oneLine);
  const link = linkOf(publicUrl, notice);
  return {
    text: [heading, ...sentences, `${button}: ${link}`].join('\n'),
    html: `<h2 style="font-size:16px;margin:0 0 8px">${escaped(heading)}</h2>${sentences
      .map((sentence) => `<p style="margin:0 0 8px">${escaped(sentence)}</p>`)
      .join(
        '',
      )}<p style="margin:16px 0 24px"><a href="${escaped(link)}" style="${buttonStyle}">${escaped(button)}</a></p>`,
  };
}

const buttonStyle =
  'background:#0b57d0;color:#ffffff;padding:8px 16px;border-radius:4px;text-decoration:none;font-weight:500';

/** Plain HTML that every reader of mail shows; nothing in it is fetched. */
export const page = (parts: readonly string[], more: readonly string[], settings: string): string =>
  [
    '<!doctype html><html lang="en-GB"><body style="font:14px/20px system-ui,sans-serif;color:#1f1f1f;max-width:560px">',
    ...parts,
    ...more.map((line) => `<p>${escaped(line)}</p>`),
    `<p style="color:#5f6368;font-size:12px">Foliokeep. <a href="${escaped(settings)}">What you hear of, and how</a></p></body></html>`,
  ].join('\n');

const organisationOf = ({ organisation }: Notice): string =>
  organisation === undefined ? '' : ` · ${oneLine(organisation)}`;

/** Names are people's own text: a line break would begin a header or a line of ours. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

/** In Google Chat `<users/all>` calls everybody, and stars make bold: a name does neither. */
const plain = (text: string): string =>
  oneLine(text).replace(/[<>*_~`]/g, (character) => chatSafe[character] ?? character);
const chatSafe: Readonly<Record<string, string>> = {
  '<': '‹',
  '>': '›',
  '*': '∗',
  _: '＿',
  '~': '∼',
  '`': 'ˋ',
};

const isoOf = (at: number): string => new Date(at).toISOString();

/** "21 November 2026 14:20 (UTC)": where the reader is, nobody knows here. */
const sayInstant = (at: number): string => {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }).format(at);
  return `${part({ day: 'numeric', month: 'long', year: 'numeric' })} ${part({ hour: '2-digit', minute: '2-digit' })} (UTC)`;
};
