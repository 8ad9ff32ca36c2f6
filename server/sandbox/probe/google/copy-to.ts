/** Where sheets.copyTo puts a tab, and what it is called. */
import type { GoogleAsker } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';

export const copyTo: Probe<GoogleAsker> = {
  name: 'copy-to',
  rules: ['google-copy-to'],
  asks: 'A tab copied twice into its own spreadsheet, and the titles of all tabs.',
  expects: 'Both are last, the first called “Copy of …”, the second so with a number.',
  calls: 4,
  async run({ tab, copyTo: copy, look }) {
    await tab(1030, 'copied', 3, 3);
    await copy(1030);
    await copy(1030);
    const { json } = await look('sheets(properties(title))');
    const titles = ((json['sheets'] ?? []) as { properties: { title: string } }[]).map(
      ({ properties }) => properties.title,
    );
    const last = titles.slice(-2);
    return finding(
      last[0] === 'Copy of copied' && /^Copy of copied \d$/.test(last[1] ?? ''),
      `The last two are ${last.join(' and ')}.`,
    );
  },
};
