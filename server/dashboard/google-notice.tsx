/** Google has not allowed the spreadsheets, or no longer: said once, above everything, with the way to allow them. */
import type { JSX } from 'preact';
import { useContext } from 'preact/hooks';
import { ProblemBox } from '../../shared/ui/states.tsx';
import { openConsent } from './open-window.ts';
import { PersonContext } from './person.ts';

export function GoogleNotice(): JSX.Element {
  const { refresh } = useContext(PersonContext);
  return (
    <ProblemBox
      sentence="Google has not allowed Foliokeep to write to your spreadsheets."
      meaning="Nothing can be written until it does. Leave the box about spreadsheets ticked."
    >
      <button
        type="button"
        class="primary"
        onClick={() => openConsent('/oauth/google/start', () => void refresh())}
      >
        Allow spreadsheets
      </button>
    </ProblemBox>
  );
}
