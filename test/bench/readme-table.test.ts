import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Measure } from './bench.ts';
import { rowOf, rowsIn, tableBegin, tableEnd, tableHeader, withMeasures } from './readme-table.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const measure: Measure = {
  bench: 'P0 a thing',
  value: 3,
  unit: 'calls',
  versus: 'the fewest',
  ratio: 1.5,
  goal: { atMost: 1.2 },
};

describe('the table of measurements', () => {
  it('stands in the README once, with a whole row for each measure', () => {
    expect(readme.split(tableBegin)).toHaveLength(2);
    expect(readme.split(tableEnd)).toHaveLength(2);
    expect(readme).toContain(tableHeader);
    const rows = [...rowsIn(readme).values()];
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows)
      expect(row).toMatch(
        /^\| [^|]+ \| [\d.]+ [^|]+ \| [^|]+ \| [\d.]+ \| ([≤≥] [\d.]+)? \| (held|missed|no verdict: [^|]+)? \|$/,
      );
    expect(rows.some((row) => row.startsWith('| peer: '))).toBe(true);
  });

  it('takes new measures in place of older ones and keeps the others', () => {
    const page = `before\n${tableBegin}\n\n${tableHeader}\n|---|\n${rowOf({ ...measure, bench: 'kept' })}\n${tableEnd}\nafter\n`;
    const once = withMeasures(page, [measure]);
    expect([...rowsIn(once).keys()]).toEqual(['kept', 'P0 a thing']);
    const twice = withMeasures(once, [{ ...measure, ratio: 1.1 }]);
    expect(rowsIn(twice).get('P0 a thing')).toBe(
      '| P0 a thing | 3 calls | the fewest | 1.1 | ≤ 1.2 | held |',
    );
    expect(twice.startsWith('before\n')).toBe(true);
    expect(twice.endsWith(`${tableEnd}\nafter\n`)).toBe(true);
    expect(withMeasures(twice, [])).toBe(twice);
  });

  it('says what was missed, and judges nothing on a machine too uneven to measure on', () => {
    expect(rowOf(measure)).toContain('| missed |');
    expect(rowOf({ ...measure, refused: 'uneven' })).toContain('| no verdict: uneven |');
  });
});
