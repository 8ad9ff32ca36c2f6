/** What a kind of request that does not exist is answered. */
import type { GoogleAsker } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';

export const unknownRequest: Probe<GoogleAsker> = {
  name: 'unknown-request',
  rules: ['google-unknown-request'],
  asks: 'A batch with a request named updateNothing.',
  expects: '400 that names it.',
  calls: 1,
  async run({ batch }) {
    const { status, text } = await batch({ updateNothing: {} });
    const isNamed = text.includes('updateNothing');
    return finding(
      status === 400 && isNamed,
      `It is ${status}, and ${isNamed ? 'names' : 'does not name'} it.`,
    );
  },
};
