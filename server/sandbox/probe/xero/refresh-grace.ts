/** Whether the refresh token before still works, and until when. */
import { finding, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

export const refreshGrace: Probe<XeroAsker> = {
  name: 'refresh-grace',
  rules: ['xero-refresh-rotates', 'xero-refresh-grace', 'xero-refresh-grace-ends'],
  asks: 'Four refreshes of the tokens of this consent: with its token, with the same again, with the newest, with the first once more.',
  expects:
    'Each gives another token; the first works again at once, and no more after its successor was used.',
  calls: 0,
  async run({ refresh, refreshToken }) {
    const first = refreshToken();
    const once = await refresh(first);
    const second = refreshToken();
    const again = await refresh(first);
    const newest = refreshToken();
    const onward = await refresh(newest);
    const late = await refresh(first);
    const error = String(late.json['error'] ?? 'none');
    return finding(
      [once, again, onward].every(({ status }) => status === 200) &&
        first !== second &&
        late.status === 400 &&
        error === 'invalid_grant',
      `Statuses ${[once, again, onward, late].map(({ status }) => status).join(', ')}; the token ${first === second ? 'stayed' : 'changed'}; at last error ${error}.`,
    );
  },
};
