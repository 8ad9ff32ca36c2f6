import { describe, expect, it } from 'vitest';
import { passes } from '../../server/datasets/row-filter.ts';
import type { Filter } from '../../server/domain/exporter.ts';
import type { Cell } from '../../server/mirror/mirror.ts';
import type { ColumnType } from '../../server/resources/resource.ts';

describe('a filter over rows made here', () => {
  it.each<[Cell, ColumnType, Filter['op'], string[], boolean]>([
    ['10.50', 'money', 'is', ['10.5'], true],
    ['9', 'money', 'from', ['10'], false],
    ['100', 'money', 'from', ['20'], true],
    ['-3', 'money', 'to', ['-2.99'], true],
    [null, 'money', 'from', ['0'], false],
    [null, 'text', 'is', [''], true],
    ['', 'text', 'is', [''], true],
    ['0200', 'text', 'is', ['200'], false],
    ['Income', 'text', 'is-not', ['Income'], false],
    ['Income', 'text', 'one-of', ['Expenses', 'Income'], true],
    ['Total Income', 'text', 'contains', ['INCOME'], true],
  ])('%s as %s %s %s: %s', (cell, type, op, values, expected) => {
    expect(passes(cell, type, { column: 'x', op, values })).toBe(expected);
  });
});
