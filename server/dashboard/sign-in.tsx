/** The first screen: what Foliokeep does, and the one button. */
import type { JSX } from 'preact';
import { about } from '../../shared/labels.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { openConsent } from './open-window.ts';

export function SignIn({ onReturn }: { onReturn: () => Promise<void> }): JSX.Element {
  return (
    <main class="page welcome">
      <Icon name="table" size={32} />
      <h1>{about.name}</h1>
      <p>Your Xero records in Google Sheets, kept right.</p>
      <ul class="promises">
        <li>Only what changed is written; your formulas, colours and notes stay.</li>
        <li>Xero is only read, never changed.</li>
        <li>What is missing is named, never hidden.</li>
      </ul>
      <button
        type="button"
        class="primary"
        onClick={() => openConsent('/oauth/google/start', () => void onReturn())}
      >
        Sign in with Google
      </button>
      <p class="quiet">
        Google asks to let Foliokeep write to the spreadsheets that you choose, and to no others.
      </p>
    </main>
  );
}
