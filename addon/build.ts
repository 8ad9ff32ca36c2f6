/**
 * Builds the add-on into addon/dist: one Code.js with a real top-level declaration per callable function, and the manifest.
 * Apps Script finds menu items and triggers by name among top-level declarations only, so the footer is generated from the
 * exports of entry.ts (google-platform.md 1.3, clasp 3.4.1).
 */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

export async function buildAddon(folder: string): Promise<string[]> {
  const entry = join(root, 'addon/entry.ts');
  const common = { entryPoints: [entry], bundle: true, write: false as const, target: 'es2020' };
  const scan = await build({ ...common, format: 'esm', metafile: true, outfile: 'scan.js' });
  const callable = Object.values(scan.metafile.outputs).flatMap((output) => output.exports);
  const footer = callable
    .map((name) => `function ${name}() { return __addon.${name}.apply(this, arguments); }`)
    .join('\n');
  const bundle = await build({ ...common, format: 'iife', globalName: '__addon', footer: { js: footer } });
  const code = bundle.outputFiles[0];
  if (code === undefined) throw new Error('esbuild made no file');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'Code.js'), code.contents);
  await copyFile(join(root, 'appsscript.json'), join(folder, 'appsscript.json'));
  return callable;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const callable = await buildAddon(join(root, 'addon/dist'));
  process.stdout.write(`addon/dist: Code.js with ${callable.join(', ')}; appsscript.json\n`);
}
