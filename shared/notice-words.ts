/** What a notice says, wherever it is read: in mail, in a chat, on the dashboard. Plain words, one cause, what is safe, one button. */
import type { NoticeKind } from './contract/notice.ts';

export interface NoticeFacts {
  kind: NoticeKind;
  /** What `name` is the name of. */
  scope: 'exporter' | 'connection' | 'organisation' | 'grant';
  name: string;
  /** Of an exporter; '' when it is not known. */
  organisation: string;
  /** Whose access ends. */
  provider: 'xero' | 'google';
  /** Why, as a sentence; '' when there is nothing to add. */
  cause: string;
  /** When work goes on or access ends, as people say it; '' without one. */
  until: string;
  /** Gaps, days or new things; null without a number. */
  count: number | null;
}

export interface NoticeWords {
  /** Who, and what happened, in a few words. */
  title: string;
  /** One or two sentences: why. */
  cause: string;
  /** What is safe, and what happens next. */
  safe: string;
  /** The one button that helps. */
  button: string;
}

export function noticeWords(facts: NoticeFacts): NoticeWords {
  const { name, scope, until } = facts;
  const count = facts.count ?? 0;
  switch (facts.kind) {
    case 'failed':
      return {
        title: `${name} failed`,
        cause: facts.cause,
        safe: 'Its tab is as it was. You hear of it again when it works, not with each failure.',
        button: 'See the exporter',
      };
    case 'gaps':
      return {
        title: `${name} has ${count === 1 ? 'a gap' : `${count} gaps`}`,
        cause: 'Something could not be read from Xero. Each gap is named with its reason on the dashboard.',
        safe: 'Everything else is in the tab.',
        button: 'See the gaps',
      };
    case 'recovered':
      if (scope === 'exporter')
        return {
          title: `${name} works again`,
          cause: 'The last run went well.',
          safe: 'Its tab is up to date.',
          button: 'See the exporter',
        };
      return {
        title: scope === 'grant' ? `Access through ${name} works again` : `${name} can be read again`,
        cause: 'Access was given again.',
        safe: 'Its exporters go on.',
        button: 'See the exporters',
      };
    case 'needs-reconnect':
      return {
        title:
          scope === 'grant' ? `Access to Xero through ${name} has ended` : `${name} needs to be reconnected`,
        cause:
          scope === 'grant'
            ? `Xero no longer lets Foliokeep in as ${name}.`
            : `${name} is disconnected from Xero.`,
        safe: 'Its exporters wait. Nothing was deleted, and your tabs are as they were.',
        button: 'Reconnect Xero',
      };
    case 'needs-google':
      return {
        title: `Google access of ${name} has ended`,
        cause: 'Google no longer lets Foliokeep write to the spreadsheets of this account.',
        safe: 'Nothing was deleted, and your tabs are as they were.',
        button: 'Sign in with Google',
      };
    case 'consent-expiring':
      return {
        title: `${facts.provider === 'google' ? `Google access of ${name}` : `Access to Xero through ${name}`} ends in ${count === 1 ? 'one day' : `${count} days`}`,
        cause: `It ends ${until === '' ? 'then' : until} unless it is given again.`,
        safe: 'Until then everything goes on. Afterwards exporters wait, and nothing is deleted.',
        button: facts.provider === 'google' ? 'Sign in with Google' : 'Reconnect Xero',
      };
    case 'day-limit':
      return {
        title: `${name} waits for Xero’s daily limit`,
        cause: 'All calls that Xero allows for this organisation in a day are used.',
        safe: `Work goes on by itself${until === '' ? '' : ` ${until}`}. Nothing is lost.`,
        button: 'See the exporters',
      };
    case 'done':
      return {
        title: `${name} is up to date`,
        cause: 'Its run ended well.',
        safe: '',
        button: 'See the exporter',
      };
    case 'new-in-xero':
      return {
        title: `Xero sends something new for ${name}`,
        cause: `${count === 1 ? 'A field or value' : `${count} fields or values`} came for the first time.`,
        safe: 'Nothing is wrong. New fields can be added as columns.',
        button: 'See what is new',
      };
  }
}

/** Titles of kinds alone, where people choose. */
export const choiceWords = {
  failed: 'It fails, or has gaps',
  recovered: 'It works again',
  access: 'Access has ended, or ends soon',
  waiting: 'It waits for Xero’s daily limit',
  done: 'Each run that ends well',
  news: 'Xero sends something new',
} as const;
