/** Messages that did not arrive: to whom, why, and whether they are tried again. */
import type { JSX } from 'preact';
import type { Undelivered as Message } from '../../shared/contract/notice.ts';
import { ProblemBox } from '../../shared/ui/states.tsx';
import { sayCount, sayWhenWithin } from '../../shared/ui/when.ts';

export function Undelivered({ messages }: { messages: readonly Message[] }): JSX.Element | null {
  if (messages.length === 0) return null;
  const byRecipient = Map.groupBy(messages, ({ to }) => to);
  return (
    <ProblemBox
      sentence={`${sayCount(messages.length, 'message has', 'messages have')} not arrived.`}
      meaning="Nothing is lost: every notice is in this list."
    >
      <ul class="plain-list">
        {[...byRecipient].map(([to, mine]) => (
          <Recipient key={to} to={to} messages={mine} />
        ))}
      </ul>
    </ProblemBox>
  );
}

/** The newest of them speaks for all. */
function Recipient({ to, messages }: { to: string; messages: readonly Message[] }): JSX.Element | null {
  const newest = messages.toSorted((a, b) => a.since.localeCompare(b.since)).at(-1);
  if (newest === undefined) return null;
  const nextAt = messages.flatMap((one) => one.nextAt ?? []).sort()[0];
  return (
    <li>
      {messages.length === 1 ? `To ${to}` : `${sayCount(messages.length, 'message')} to ${to}`}:{' '}
      {newest.problem}.{' '}
      <span class="quiet">
        {nextAt === undefined ? 'Not tried again.' : `Tried again ${sayWhenWithin(nextAt, new Date())}.`}
      </span>
    </li>
  );
}
