/** What a wish to share is answered that lacks what it needs; nothing is shared. */
import type { GoogleAsker } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';

export const shareWishes: Probe<GoogleAsker> = {
  name: 'share-wishes',
  rules: ['google-drive-link'],
  asks: 'The scratch spreadsheet shared with nobody: without a type, without a role, and without an address.',
  expects: '400 for each.',
  calls: 3,
  async run({ drive, scratch }) {
    const statuses: number[] = [];
    for (const body of ['{"role":"reader"}', '{"type":"user"}', '{"type":"user","role":"reader"}'])
      statuses.push(
        (
          await drive('POST files/{scratch}/permissions', `/drive/v3/files/${scratch()}/permissions`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body,
          })
        ).status,
      );
    return finding(
      statuses.every((status) => status === 400),
      `Statuses ${statuses.join(', ')}.`,
    );
  },
};
