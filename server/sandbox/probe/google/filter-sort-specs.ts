/** Whether the sort specs of a basic filter move rows. */
import { type GoogleAsker, rowsOf } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';
import { cells } from './range.ts';

export const filterSortSpecs: Probe<GoogleAsker> = {
  name: 'filter-sort-specs',
  rules: ['google-filter-sort-specs'],
  asks: 'A header over b and a, a basic filter with an ascending sort spec, and the rows.',
  expects: 'They stay as they are.',
  calls: 4,
  async run({ tab, write, batch, read }) {
    await tab(1046, 'specs', 5, 3);
    await write('specs!A1:A3', [['id'], ['b'], ['a']]);
    const sortSpecs = [{ dimensionIndex: 0, sortOrder: 'ASCENDING' }];
    await batch({ setBasicFilter: { filter: { range: cells(1046, [0, 3], [0, 1]), sortSpecs } } });
    const found = rowsOf(await read('specs!A1:A3'))
      .flat()
      .join(', ');
    return finding(found === 'id, b, a', `They read ${found}.`);
  },
};
