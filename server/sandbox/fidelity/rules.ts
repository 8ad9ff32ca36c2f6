/** Every rule of the sandbox: whatever the files beside this one list, so that a new file joins by being here. */
import { readdir } from 'node:fs/promises';
import type { Rule } from './rule.ts';

/** Files of this folder that hold no rules. */
const OTHERS = new Set(['rule.ts', 'rules.ts', 'deviations.ts']);

/** A rule and the file that lists it. */
export interface ListedRule extends Rule {
  file: string;
}

/** In the order of the files' names, then as listed. Every exported list of a file counts; a file without one is a bug. */
export async function allRules(): Promise<ListedRule[]> {
  const folder = new URL('.', import.meta.url);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ts') && !OTHERS.has(name)).sort();
  const found: ListedRule[] = [];
  for (const file of files) {
    const exported: Record<string, unknown> = await import(new URL(file, folder).href);
    const lists = Object.values(exported).filter((value) => Array.isArray(value)) as (readonly Rule[])[];
    if (lists.length === 0) throw new Error(`${file} is beside the rules and lists none`);
    for (const rule of lists.flat()) found.push({ ...rule, file });
  }
  return found;
}
