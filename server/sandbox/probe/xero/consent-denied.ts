/** What the browser brings back when a person cancels. */
import { finding, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

export const consentDenied: Probe<XeroAsker> = {
  name: 'consent-denied',
  rules: ['xero-consent-denied'],
  asks: 'Another consent page.',
  expects: 'error=access_denied, and the state unchanged.',
  calls: 0,
  act: 'On the page of Xero that is shown next, press Cancel.',
  async run({ consentAgain }) {
    const query = await consentAgain('Press Cancel on this page.');
    const error = query.get('error');
    return finding(
      error === 'access_denied',
      `The browser came back with ${error ? `error=${error}` : 'a code'}.`,
    );
  },
};
