import { describe, expect, it } from 'vitest';
import { catalogue } from '../../server/datasets/index.ts';
import type { Field } from '../../server/domain/field-tree.ts';
import { fieldPaths } from '../../server/mirror/column-paths.ts';
import { reportNamed, reports, resourceNamed, resources } from '../../server/resources/index.ts';
import type { Column } from '../../server/resources/resource.ts';
import { xeroFields } from '../../server/xero/fields.ts';

const fields = xeroFields();

function fieldAt(tree: readonly Field[], path: string): Field | undefined {
  const [step = '', ...rest] = path.split('.');
  const field = tree.find(({ name }) => name === step.replace(/\[\d\]$/, ''));
  return rest.length === 0 || field === undefined ? field : fieldAt(field.fields, rest.join('.'));
}

/** The SDK's type of a field that a column of ours may have. */
const kinds: Record<Column['type'], readonly Field['kind'][]> = {
  text: ['text'],
  money: ['number'],
  quantity: ['number'],
  rate: ['number'],
  integer: ['number'],
  boolean: ['boolean'],
  date: ['date'],
  instant: ['date'],
};

describe.each(resources.map((resource) => ({ name: resource.name, resource })))('$name', ({ resource }) => {
  const tree = fields.fieldsOf(resource.envelope);
  const isOfAnotherKind = (within: readonly Field[], { path, type }: Column): boolean =>
    fieldPaths(path).some((one) => !kinds[type].includes(fieldAt(within, one)?.kind ?? 'list'));

  it('has columns of fields that Xero has, of their kind', () => {
    expect(resource.columns.filter((column) => isOfAnotherKind(tree, column))).toEqual([]);
  });

  it('has line columns of fields that Xero has, of their kind', () => {
    for (const { path: list, columns } of resource.lines) {
      const inside = fieldAt(tree, list)?.fields ?? [];
      const wrong = columns.filter((column) =>
        column.path.startsWith('^')
          ? isOfAnotherKind(tree, { ...column, path: column.path.slice(1) })
          : isOfAnotherKind(inside, column),
      );
      expect(wrong).toEqual([]);
    }
  });

  it('names its columns once, with a label of their own', () => {
    expect(new Set(resource.lines.map(({ name }) => name)).size).toBe(resource.lines.length);
    for (const columns of [resource.columns, ...resource.lines.map((lines) => lines.columns)]) {
      expect(new Set(columns.map(({ key }) => key)).size).toBe(columns.length);
      expect(new Set(columns.map(({ label }) => label)).size).toBe(columns.length);
      for (const { key } of columns) expect(key).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    }
  });

  it('has a column of its id, and default columns', () => {
    expect(resource.columns.some(({ path }) => path === resource.idField)).toBe(true);
    expect(resource.columns.filter(({ isDefault }) => isDefault).length).toBeGreaterThan(1);
    expect(resource.scope).toMatch(/^accounting\.[a-z]+\.read$/);
  });
});

describe('resources and reports', () => {
  it('have names that stand for one thing', () => {
    const names = [...resources, ...reports].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name } of resources) expect(resourceNamed(name).name).toBe(name);
    for (const { name } of reports) expect(reportNamed(name).name).toBe(name);
    expect(() => resourceNamed('nothing')).toThrow('nothing');
    expect(() => reportNamed('nothing')).toThrow('nothing');
  });

  it('add up only resources that are ledger', () => {
    for (const report of reports)
      for (const name of report.ledger) expect(resourceNamed(name).ledger).not.toBeNull();
  });

  it('are what the catalogue needs', () => {
    for (const { needs } of catalogue) {
      for (const name of needs.resources) resourceNamed(name);
      for (const name of needs.reports) reportNamed(name);
    }
  });
});
