/** What everyday formulas come to. */
import { type GoogleAsker, rowsOf } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';

const FORMULAS: [formula: string, value: unknown][] = [
  ['=-2^2', 4],
  ['=10/4', 2.5],
  ['="a"&1', 'a1'],
  ['=1/0', '#DIV/0!'],
  ['=SUM(1,2,3)', 6],
  ['=ROUND(2.5,0)', 3],
  ['=1="1"', false],
];

export const formulaValues: Probe<GoogleAsker> = {
  name: 'formula-values',
  rules: ['google-formula-values'],
  asks: 'Seven formulas, and what they come to.',
  expects: `${FORMULAS.map(([formula, value]) => `${formula} is ${String(value)}`).join(', ')}.`,
  calls: 3,
  async run({ tab, write, read }) {
    await tab(1038, 'formulas', 3, 10);
    const range = `formulas!A1:${'ABCDEFGHIJ'[FORMULAS.length - 1]}1`;
    await write(range, [FORMULAS.map(([formula]) => formula)], 'USER_ENTERED');
    const found = rowsOf(await read(range))[0] ?? [];
    const wrong = FORMULAS.filter(([, value], at) => found[at] !== value).map(
      ([formula]) => `${formula} is ${String(found[FORMULAS.findIndex(([each]) => each === formula)])}`,
    );
    return finding(wrong.length === 0, wrong.length === 0 ? 'All of them.' : `${wrong.join(', ')}.`);
  },
};
