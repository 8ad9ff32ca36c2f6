/** One notice: what happened, why, what is safe, and while it lasts the one button that helps. */
import type { JSX } from 'preact';
import { useContext } from 'preact/hooks';
import type { NoticeKind, NoticeView } from '../../shared/contract/notice.ts';
import { noticeWords } from '../../shared/notice-words.ts';
import { Icon, type IconName } from '../../shared/ui/icon.tsx';
import { ProblemBox } from '../../shared/ui/states.tsx';
import { sayWhen, sayWhenWithin } from '../../shared/ui/when.ts';
import { openConsent } from './open-window.ts';
import { PersonContext } from './person.ts';
import { useConsent } from './use-consent.ts';

const looks: Readonly<Record<NoticeKind, { icon: IconName; chip: string; word: string }>> = {
  failed: { icon: 'failed', chip: 'chip-failed', word: 'Failed' },
  gaps: { icon: 'warning', chip: 'chip-needs-you', word: 'Gaps' },
  recovered: { icon: 'check', chip: 'chip-ok', word: 'Works again' },
  'needs-reconnect': { icon: 'warning', chip: 'chip-needs-you', word: 'Needs you' },
  'needs-google': { icon: 'warning', chip: 'chip-needs-you', word: 'Needs you' },
  'consent-expiring': { icon: 'clock', chip: 'chip-needs-you', word: 'Ends soon' },
  'day-limit': { icon: 'clock', chip: 'chip-waiting', word: 'Waiting' },
  done: { icon: 'check', chip: 'chip-ok', word: 'Up to date' },
  'new-in-xero': { icon: 'plus', chip: 'chip-new', word: 'New in Xero' },
};
/** Its state has ended. */
const over = { icon: 'check', chip: 'chip-paused', word: 'Over' } as const;
const events: readonly NoticeKind[] = ['recovered', 'done', 'new-in-xero'];

export function NoticeRow(props: { notice: NoticeView; onChanged: () => Promise<void> }): JSX.Element {
  const { notice } = props;
  const { canEdit, refresh } = useContext(PersonContext);
  const consent = useConsent(props.onChanged);
  const words = noticeWords({
    ...notice,
    until: notice.until === null ? '' : sayWhenWithin(notice.until, new Date()),
  });
  const { icon, chip, word } = notice.isOpen || events.includes(notice.kind) ? looks[notice.kind] : over;
  const act = actOf(notice, {
    reconnect: (connectionId) => void consent.connect(connectionId),
    signIn: () => openConsent('/oauth/google/start', () => void refresh().then(props.onChanged)),
  });
  return (
    <li class={`row notice${notice.isSeen ? '' : ' unseen'}`}>
      <div class="row-main">
        <span class="name" title={words.title}>
          {notice.isSeen ? null : <span class="hidden">New: </span>}
          {words.title}
        </span>
        <span class="quiet">
          {notice.organisation === '' ? '' : `${notice.organisation} · `}
          {sayWhen(notice.createdAt, new Date())}
        </span>
      </div>
      <span class={`chip ${chip}`}>
        <Icon name={icon} size={14} />
        {word}
      </span>
      {(notice.isOpen || notice.kind === 'new-in-xero') && (canEdit || act.isLook) ? (
        <div class="row-actions">
          <button type="button" onClick={act.go} aria-label={`${words.button}: ${notice.name}`}>
            {words.button}
          </button>
        </div>
      ) : null}
      {notice.isOpen ? (
        <p class="row-note">
          {words.cause} <span class="quiet">{words.safe}</span>
        </p>
      ) : null}
      {consent.trouble === undefined ? null : (
        <ProblemBox sentence={consent.trouble.sentence} code={consent.trouble.code} />
      )}
    </li>
  );
}

interface Acts {
  reconnect: (connectionId?: string) => void;
  signIn: () => void;
}

/** What the button does; `isLook`: it only shows something, so that viewers have it too. */
function actOf(
  { kind, scope, subject, provider }: NoticeView,
  acts: Acts,
): { go: () => void; isLook: boolean } {
  switch (kind) {
    case 'needs-google':
      return { go: acts.signIn, isLook: false };
    case 'needs-reconnect':
    case 'consent-expiring':
      if (provider === 'google') return { go: acts.signIn, isLook: false };
      return { go: () => acts.reconnect(scope === 'connection' ? subject : undefined), isLook: false };
    default:
      return {
        go: () => {
          location.hash = scope === 'exporter' ? `exporter-${subject}` : 'exporters';
        },
        isLook: true,
      };
  }
}
