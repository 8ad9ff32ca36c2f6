/** Whether values.batchUpdate is all or nothing. */
import { type GoogleAsker, rowsOf } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';

export const valuesAtomic: Probe<GoogleAsker> = {
  name: 'values-atomic',
  rules: ['google-values-batch-atomic'],
  asks: 'Two ranges at once, the second on a tab that is not there; then the first.',
  expects: '400, and the first is empty.',
  calls: 3,
  async run({ tab, writeMany, read }) {
    await tab(1002, 'values-atomic', 5, 5);
    const { status } = await writeMany([
      { range: 'values-atomic!A1', values: [['written']] },
      { range: 'nowhere!A1', values: [['written']] },
    ]);
    const cells = rowsOf(await read('values-atomic!A1:A1')).length;
    return finding(status === 400 && cells === 0, `The call is ${status}; ${cells} cells were written.`);
  },
};
