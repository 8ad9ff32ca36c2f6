/** The table as it should be now, from the rules, tests, deviations and probes of the tree. */
import { fileURLToPath } from 'node:url';
import { deviations } from '../../server/sandbox/fidelity/deviations.ts';
import { allRules } from '../../server/sandbox/fidelity/rules.ts';
import { ruleTests } from './rule-tests.ts';
import { fidelityTable, type TableInput } from './table.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export async function readTableInput(): Promise<TableInput> {
  return { rules: await allRules(), tests: await ruleTests(ROOT), deviations, probes: new Map() };
}

export const currentTable = async (): Promise<string> => fidelityTable(await readTableInput());
