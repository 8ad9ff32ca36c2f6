/** The README's table of measurements: written by the bench between two markers, a row for each measure. */
import { goalText, type Measure, verdictOf } from './bench.ts';

export const tableBegin = '<!-- measured by `npm run bench`; do not edit -->';
export const tableEnd = '<!-- end of the measurements -->';
export const tableHeader = '| what | measured | beside | ratio | goal | verdict |';
const rule = '|---|---|---|---|---|---|';

export const rowOf = (measure: Measure): string =>
  `| ${[
    measure.bench,
    `${measure.value} ${measure.unit}`,
    measure.versus,
    String(measure.ratio),
    goalText(measure.goal),
    measure.refused === undefined ? verdictOf(measure) : `no verdict: ${measure.refused}`,
  ]
    .map((cell) => cell.replaceAll('|', '\\|'))
    .join(' | ')} |`;

/** Rows of the table in a README, by their first cell. */
export function rowsIn(readme: string): Map<string, string> {
  const [from, to] = [readme.indexOf(tableBegin), readme.indexOf(tableEnd)];
  if (from < 0 || to < from) throw new Error('the README has no place for the measurements');
  const lines = readme
    .slice(from, to)
    .split('\n')
    .filter((line) => line.startsWith('| '));
  return new Map(lines.slice(1).map((line) => [nameOf(line), line]));
}

/** The README with these measures in place of older ones of the same name; the rest of the table stays. */
export function withMeasures(readme: string, measures: readonly Measure[]): string {
  const rows = rowsIn(readme);
  for (const measure of measures) rows.set(measure.bench, rowOf(measure));
  const table = [tableBegin, '', tableHeader, rule, ...[...rows.values()].toSorted(byName), ''].join('\n');
  const [from, to] = [readme.indexOf(tableBegin), readme.indexOf(tableEnd)];
  return `${readme.slice(0, from)}${table}${readme.slice(from === to ? from : to)}`;
}

const nameOf = (row: string): string => row.split(' | ')[0]?.slice(2) ?? '';
const byName = (a: string, b: string): number => nameOf(a).localeCompare(nameOf(b), 'en', { numeric: true });
