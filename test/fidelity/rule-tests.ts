/** Finds the tests that show rules of the sandbox, by the ids in brackets at the end of their titles. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface RuleTest {
  /** From the root of the project. */
  file: string;
  /** Without the ids. */
  title: string;
  ids: string[];
}

/** A title in any of the three quotes, straight after an opening bracket and before a comma. */
const TITLE = /\(\s*(['"`])((?:\\.|(?!\1)[\s\S])*?\[(?:xero|google)-(?:\\.|(?!\1)[\s\S])*?)\1\s*,/g;
const ID = /\[((?:xero|google)-[a-z0-9-]+)\]/g;

/** Every titled test of a text that carries an id. */
export function ruleTestsIn(file: string, text: string): RuleTest[] {
  return [...text.matchAll(TITLE)].map(([, quote = '', raw = '']) => {
    const title = raw.replaceAll(`\\${quote}`, quote);
    return {
      file,
      title: title.replace(ID, '').replace(/\s+/g, ' ').trim(),
      ids: [...title.matchAll(ID)].map(([, id]) => id as string),
    };
  });
}

/** Of all tests of the project, in the order of their files. The proofs of this folder are not looked at: they show no rule. */
export async function ruleTests(root: string): Promise<RuleTest[]> {
  const entries = await readdir(join(root, 'test'), { recursive: true });
  const files = entries
    .map((path) => `test/${path.replaceAll('\\', '/')}`)
    .filter((path) => /\.(test|contract)\.tsx?$/.test(path) && path !== 'test/fidelity/table.test.ts')
    .sort();
  const found = await Promise.all(
    files.map(async (file) => ruleTestsIn(file, await readFile(join(root, file), 'utf8'))),
  );
  return found.flat();
}
