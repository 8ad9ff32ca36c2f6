/** Control totals: the exact sum of every money column, per resource and currency. */
import { canonicalDecimal } from '../domain/money.ts';
import type { Resource } from '../resources/resource.ts';
import { extractionSql } from './extraction-sql.ts';
import type { MirrorIndex } from './mirror.ts';
import { listed } from './query-protocol.ts';
import { askRows, textPlan } from './read-records.ts';
import type { MirrorParts } from './segment.ts';
import { literal } from './sql-text.ts';
import { typedMacros } from './typed-values.ts';

export interface ControlTotal {
  resource: string;
  /** Key of the column. */
  column: string;
  /** '' when the resource has none. */
  currency: string;
  sum: string;
}

/** Sums over the live records of these resources, ordered by resource, column and currency; columns without a value are left out. */
export async function controlTotals(
  parts: MirrorParts,
  index: Pick<MirrorIndex, 'resources'>,
  resources: readonly Resource[],
): Promise<ControlTotal[]> {
  const totals: ControlTotal[] = [];
  for (const resource of resources) {
    const sql = totalsSql(resource);
    if (sql === undefined) continue;
    const laid = [{ resource: resource.name, segments: index.resources[resource.name]?.segments ?? [] }];
    const plan = { ...textPlan(sql, 3, 2), setup: typedMacros };
    for await (const { rows } of askRows(parts, laid, plan))
      for (const [column, currency, sum] of rows)
        totals.push({
          resource: resource.name,
          column: String(column),
          currency: String(currency ?? ''),
          sum: canonicalDecimal(String(sum)) ?? '',
        });
  }
  return totals;
}

function totalsSql(resource: Resource): string | undefined {
  const money = resource.columns.filter(({ type }) => type === 'money');
  if (money.length === 0) return undefined;
  const currency = resource.columns.find(({ key }) => key === 'currency');
  const columns = [...money, ...(currency === undefined ? [] : [currency])];
  const group = currency === undefined ? `''` : `coalesce(x${money.length}, '')`;
  const sums = money.map((_, at) => `cast(sum(v${at}) as varchar) as s${at}`);
  const source = `select ${group} as currency, ${sums.join(', ')} from (${extractionSql(resource, null, columns)}) group by 1`;
  const each = money.map(
    ({ key }, at) =>
      `select ${literal(key)} as money_column, currency, s${at} as total from sums where s${at} is not null`,
  );
  return `with sums as materialized (${source})
    select ${listed(['money_column', 'currency', 'total'], ['money_column', 'currency'])} from (${each.join(' union all ')})`;
}
