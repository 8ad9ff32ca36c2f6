/** What a GET with a body that is not JSON is answered. */
import { finding, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

export const malformedBody: Probe<XeroAsker> = {
  name: 'malformed-body',
  rules: ['xero-malformed-body-17', 'xero-get-with-body'],
  asks: 'The organisation by a GET with the body {}, and with one that breaks off. A GET cannot write.',
  expects: '200, then 400 PostDataInvalidException with ErrorNumber 17.',
  calls: 2,
  async run({ getWithBody }) {
    const whole = await getWithBody('Organisation', '{}');
    const broken = await getWithBody('Organisation', '{"');
    return finding(
      whole.status === 200 &&
        broken.status === 400 &&
        broken.json['ErrorNumber'] === 17 &&
        broken.json['Type'] === 'PostDataInvalidException',
      `With {} ${whole.status}; broken ${broken.status}, ErrorNumber ${String(broken.json['ErrorNumber'])}, Type ${String(broken.json['Type'])}.`,
    );
  },
};
