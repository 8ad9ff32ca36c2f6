/** What a body that breaks off is answered. */
import type { GoogleAsker } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';

export const bodyJson: Probe<GoogleAsker> = {
  name: 'body-json',
  rules: ['google-body-json'],
  asks: 'A batch whose JSON breaks off.',
  expects: '400.',
  calls: 1,
  async run({ batchText }) {
    const { status } = await batchText('{"requests":');
    return finding(status === 400, `It is ${status}.`);
  },
};
