import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deviations } from '../../server/sandbox/fidelity/deviations.ts';
import type { ListedRule } from '../../server/sandbox/fidelity/rules.ts';
import { currentTable, ROOT, readTableInput } from './read-table.ts';
import { ruleTestsIn } from './rule-tests.ts';
import { fidelityTable, isUnproved, TABLE_PATH, type TableInput, WRITE_COMMAND } from './table.ts';

describe('the rules of the sandbox', () => {
  it('have each an id of their own, a sentence, a source, a test and, where unproved, a probe', async () => {
    expect(lacksOf(await readTableInput())).toEqual([]);
  });

  it('are all in the table for people, which is as it would be made now', async () => {
    const committed = (await readFile(join(ROOT, TABLE_PATH), 'utf8').catch(() => '')).split('\n');
    const current = (await currentTable()).split('\n');
    const missing = current.filter((line) => !committed.includes(line)).map((line) => line.slice(0, 120));
    expect(missing.slice(0, 5), `make ${TABLE_PATH} anew: ${WRITE_COMMAND}`).toEqual([]);
    expect(committed.length, `make ${TABLE_PATH} anew: ${WRITE_COMMAND}`).toBe(current.length);
  });

  it('that are not kept as they stand are deviations, each with a reason and a source', () => {
    for (const { theirs, ours, source, reason } of deviations) {
      expect(theirs).not.toBe(ours);
      expect(reason.length).toBeGreaterThan(20);
      expect(source).toMatch(/xero-api\.md|google-platform\.md|xero_\w+\.yaml|performance\.md/);
    }
  });
});

/** Every lack as `rule: what`; empty when nothing is missing. */
function lacksOf({ rules, tests, probes }: TableInput): string[] {
  const found: string[] = [];
  const ids = new Set<string>();
  for (const rule of rules) {
    if (ids.has(rule.id)) found.push(`${rule.id}: is in ${rule.file} and in another file`);
    ids.add(rule.id);
    if (!/^(xero|google)-[a-z0-9]+(-[a-z0-9]+)*$/.test(rule.id)) found.push(`${rule.id}: is no id`);
    if (!/^\S.{10,}[.?]$/.test(rule.says)) found.push(`${rule.id}: says no sentence`);
    if (rule.source.trim().length < 5) found.push(`${rule.id}: has no source`);
    if (isUnproved(rule) && !rule.probe) found.push(`${rule.id}: is ${rule.certainty} and has no probe`);
    if (!tests.some((test) => test.ids.includes(rule.id))) found.push(`${rule.id}: no test carries its id`);
  }
  for (const { file, title, ids: carried } of tests)
    for (const id of carried)
      if (!ids.has(id)) found.push(`${id}: ${file} carries it (${title}), no rule has it`);
  for (const [id, name] of probes) if (!ids.has(id)) found.push(`${id}: the probe ${name} is about no rule`);
  return found.sort();
}

describe('what finds a lack', () => {
  const rule: ListedRule = {
    id: 'xero-one',
    says: 'Lists come in order.',
    source: 'xero-api.md 3.1',
    certainty: 'documented',
    file: 'a.ts',
  };
  const whole: TableInput = {
    rules: [rule],
    tests: [{ file: 'test/a.test.ts', title: 'comes in order', ids: ['xero-one'] }],
    deviations: [],
    probes: new Map([['xero-one', 'order']]),
  };
  it.each<[string, Partial<TableInput>]>([
    ['is in a.ts and in another', { rules: [rule, rule] }],
    ['is no id', { rules: [{ ...rule, id: 'Xero-One' }] }],
    ['says no sentence', { rules: [{ ...rule, says: 'no stop' }] }],
    ['has no source', { rules: [{ ...rule, source: '' }] }],
    ['is assumed and has no probe', { rules: [{ ...rule, certainty: 'assumed' }] }],
    ['no test carries its id', { tests: [] }],
    ['no rule has it', { tests: [...whole.tests, { file: 'f', title: 't', ids: ['xero-two'] }] }],
    ['is about no rule', { probes: new Map([['xero-two', 'order']]) }],
  ])('finds that one %s', (lack, change) => {
    expect(lacksOf({ ...whole, ...change }).join()).toContain(lack);
  });

  it('finds nothing where nothing lacks, and the ids of titles in every quote', () => {
    expect(lacksOf(whole)).toEqual([]);
    const text = [
      `it('clamps a page [xero-one]', () => {});`,
      `test.each([1])(\n  "gives %s, it's so [xero-one] [google-two]",\n  () => {});`,
      'it(`is quoted [xero-three]`, () => {});',
      `expect('[xero-four]').toBe('not a title');`,
      `// as [xero-five] says`,
    ].join('\n');
    expect(ruleTestsIn('f', text).map(({ title, ids }) => [title, ...ids])).toEqual([
      ['clamps a page', 'xero-one'],
      ["gives %s, it's so", 'xero-one', 'google-two'],
      ['is quoted', 'xero-three'],
    ]);
    expect(fidelityTable(whole)).toContain(
      '| `xero-one` | Lists come in order. | documented | xero-api.md 3.1 | comes in order (`a.test.ts`) |',
    );
  });
});
