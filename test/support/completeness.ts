/** What a tree must have besides its layers: golden pairs, tests and words for every error, a purpose for every file, short files. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const longest = 300;
/** Why a file may be longer. */
const mayBeLong: Record<string, string> = {
  'server/ports.ts': 'one page that says everything the product needs of the world',
};

/** Every lack as `rule: path: what`, sorted. Empty when nothing is missing. */
export async function lacksIn(root: string): Promise<string[]> {
  const paths = await filesIn(root);
  const sources = paths.filter((path) => /^(server|shared|addon)\/.*\.tsx?$/.test(path));
  const texts = new Map<string, string>();
  for (const path of paths)
    if (/\.(tsx?|md)$/.test(path)) texts.set(path, await readFile(join(root, path), 'utf8'));
  const textOf = (path: string): string => texts.get(path) ?? '';

  const found: string[] = [];
  for (const path of sources) {
    if (!/^\/\*\*\s+(\* )?\S/.test(textOf(path)))
      found.push(`purpose: ${path}: its first line is a sentence of purpose`);
    const lines = textOf(path).trimEnd().split('\n').length;
    if (lines > longest && mayBeLong[path] === undefined)
      found.push(`length: ${path}: has ${lines} lines; what wants ${longest} has two subjects`);
  }
  found.push(...goldenLacks(sources, textOf, new Set(paths)));
  found.push(...errorLacks(texts));
  return found.sort();
}

function goldenLacks(
  sources: readonly string[],
  textOf: (path: string) => string,
  paths: ReadonlySet<string>,
): string[] {
  return sources
    .filter(
      (path) => path.startsWith('server/resources/') && /^export const \w+: Resource =/m.test(textOf(path)),
    )
    .flatMap((path) => {
      const name = path.slice('server/resources/'.length, -'.ts'.length);
      return ['page.txt', 'rows.json']
        .map((ending) => `test/golden/${name}/${name}.${ending}`)
        .filter((wanted) => !paths.has(wanted))
        .map(
          (wanted) => `golden: ${path}: ${wanted} is missing (a page as Xero sends it, the rows expected)`,
        );
    });
}

/** A code is thrown by the product, met by a test and explained in the README, or it is not in the table. */
function errorLacks(texts: ReadonlyMap<string, string>): string[] {
  const table = 'server/errors.ts';
  const codes = [...(texts.get(table) ?? '').matchAll(/^ {2}([A-Z][A-Z_]+): row\(/gm)].map(
    ([, code]) => code ?? '',
  );
  const within = (wanted: RegExp): string =>
    [...texts].flatMap(([path, text]) => (wanted.test(path) && path !== table ? [text] : [])).join('\n');
  const product = within(/^server\/(?!sandbox\/)/);
  const tests = within(/^test\/.*\.(test|contract)\.tsx?$/);
  const readme = texts.get('README.md') ?? '';
  return codes.flatMap((code) => {
    const word = new RegExp(`\\b${code}\\b`);
    return [
      ...(word.test(product) ? [] : [`error-use: ${table}: nothing throws ${code}`]),
      ...(word.test(tests) ? [] : [`error-test: ${table}: no test meets ${code}`]),
      ...(readme.includes(`\n| \`${code}\` |`)
        ? []
        : [`error-row: ${table}: the README does not explain ${code}`]),
    ];
  });
}

async function filesIn(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter(({ name }) => !name.startsWith('.') && !['node_modules', 'dist'].includes(name))
      .map(async (entry) => {
        if (!entry.isDirectory()) return [entry.name];
        return (await filesIn(join(root, entry.name))).map((path) => `${entry.name}/${path}`);
      }),
  );
  return found.flat();
}
