/** How long answers take. */
import { finding, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

export const latency: Probe<XeroAsker> = {
  name: 'latency',
  rules: ['xero-latency'],
  asks: 'Contacts by pages of 1, 100 and 1,000, three times each, and how long they take.',
  expects: 'About 0.35 s, and 3.5 ms more for each record, times 0.5 to 4: measured, not judged.',
  calls: 9,
  async run({ get }) {
    const told: string[] = [];
    for (const pageSize of [1, 100, 1000]) {
      const times: number[] = [];
      let rows = 0;
      for (let turn = 0; turn < 3; turn += 1) {
        const { tookMs, json } = await get(`Contacts?page=1&pageSize=${pageSize}`);
        times.push(Math.round(tookMs));
        rows = ((json['Contacts'] ?? []) as unknown[]).length;
      }
      told.push(`${rows} records: ${times.sort((a, b) => a - b).join(', ')} ms`);
    }
    return finding(true, `${told.join('; ')}.`);
  },
};
