/** The table as it should be now, from the rules, tests, deviations and probes of the tree. */
import { fileURLToPath } from 'node:url';
import { deviations } from '../../server/sandbox/fidelity/deviations.ts';
import { allRules } from '../../server/sandbox/fidelity/rules.ts';
import { googleProbes } from '../../server/sandbox/probe/google-probes.ts';
import { xeroProbes } from '../../server/sandbox/probe/xero-probes.ts';
import { ruleTests } from './rule-tests.ts';
import { fidelityTable, type TableInput } from './table.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export async function readTableInput(): Promise<TableInput> {
  const probes = new Map(
    [...xeroProbes, ...googleProbes].flatMap(({ name, rules }) => rules.map((rule) => [rule, name] as const)),
  );
  return { rules: await allRules(), tests: await ruleTests(ROOT), deviations, probes };
}

export const currentTable = async (): Promise<string> => fidelityTable(await readTableInput());
