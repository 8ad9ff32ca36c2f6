/** Messages that did not arrive: to whom, why, and whether they are tried again. */
import type { JSX } from 'preact';
import type { Undelivered as Message } from '../../shared/contract/notice.ts';
import { ProblemBox } from '../../shared/ui/states.tsx';
import { sayCount, sayWhenWithin } from '../../shared/ui/when.ts';

export function Undelivered({ messages }: { messages: readonly Message[] }): JSX.Element | null {
  if (messages.length === 0) return null;
  return (
    <ProblemBox
      sentence={`${sayCount(messages.length, 'message')} could not be delivered.`}
      meaning="Nothing is lost: every notice is in this list."
    >
      <ul class="plain-list">
        {messages.map(({ id, to, problem, since, nextAt }) => (
          <li key={id}>
            To {to}, of {sayWhenWithin(since, new Date())}: {problem}.{' '}
            <span class="quiet">
              {nextAt === null
                ? 'It is not tried again.'
                : `Tried again ${sayWhenWithin(nextAt, new Date())}.`}
            </span>
          </li>
        ))}
      </ul>
    </ProblemBox>
  );
}
