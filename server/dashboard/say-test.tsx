/** How a test message went. */
import type { JSX } from 'preact';
import type { TestOutcome } from '../../shared/contract/channel.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { ProblemBox } from '../../shared/ui/states.tsx';

export function SayTest(props: {
  test: TestOutcome | 'sending' | undefined;
  to: string;
}): JSX.Element | null {
  const { test, to } = props;
  if (test === undefined || test === 'sending') return null;
  if (!test.isTaken) return <ProblemBox sentence={`The test to ${to} was not taken: ${test.problem}.`} />;
  return (
    <p role="status">
      <span class="chip chip-ok">
        <Icon name="check" size={14} />
        Sent
      </span>{' '}
      <span class="quiet">A test is on its way to {to}.</span>
    </p>
  );
}
