/** Which titles of tabs are taken. */
import type { GoogleAsker } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';

export const tabTitles: Probe<GoogleAsker> = {
  name: 'tab-titles',
  rules: ['google-tab-titles'],
  asks: 'Tabs with titles of 100 and of 101 characters, and two that differ in case only.',
  expects: '200, 400, 200, 400.',
  calls: 4,
  async run({ batch }) {
    const statuses: number[] = [];
    const titles = ['x'.repeat(100), 'y'.repeat(101), 'Case', 'cASE'];
    for (const [at, title] of titles.entries())
      statuses.push((await batch({ addSheet: { properties: { sheetId: 1017 + at, title } } })).status);
    return finding(statuses.join() === '200,400,200,400', `Statuses ${statuses.join(', ')}.`);
  },
};
