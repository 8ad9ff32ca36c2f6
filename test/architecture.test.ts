import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { violationsIn } from './support/architecture.ts';
import { lacksIn } from './support/completeness.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('the project', () => {
  it('keeps its layers and bans', async () => {
    expect(await violationsIn(root)).toEqual([]);
  });

  it('lacks no golden pair, no test or words for an error, no purpose of a file', async () => {
    expect(await lacksIn(root)).toEqual([]);
  });
});

describe('the rules themselves', () => {
  let tree: string | undefined;
  afterEach(async () => {
    if (tree !== undefined) await rm(tree, { recursive: true, force: true });
  });

  /** One file per rule that breaks just that rule. */
  const violations: Array<[rule: string, path: string, text: string]> = [
    ['shared', 'shared/a.ts', "import express from 'express';"],
    ['shared', 'shared/a.ts', "import { a } from '../server/domain/run.ts';"],
    ['addon', 'addon/a.ts', "import { a } from '../server/errors.ts';"],
    ['domain', 'server/domain/a.ts', "import { a } from '../ports.ts';"],
    ['domain', 'server/domain/a.ts', "import { readFile } from 'node:fs/promises';"],
    ['resources', 'server/resources/a.ts', "import { AccountingApi } from 'xero-node';"],
    ['datasets', 'server/datasets/a.ts', "import { a } from '../engine/run.ts';"],
    ['mirror', 'server/mirror/a.ts', "import { a } from '../xero/client.ts';"],
    ['engine', 'server/engine/a.ts', "import { a } from '../use-cases/a.ts';"],
    ['use-cases', 'server/use-cases/a.ts', "import { a } from '../http/app.ts';"],
    ['xero', 'server/xero/a.ts', "import { a } from '../google/sheets.ts';"],
    ['google', 'server/google/a.ts', "import { a } from '../embedded/store.ts';"],
    ['embedded', 'server/embedded/a.ts', "import { a } from '../engine/a.ts';"],
    ['wrappers', 'server/wrappers/a.ts', "import { a } from '../mirror/a.ts';"],
    ['http', 'server/http/a.ts', "import { a } from '../engine/a.ts';"],
    ['dashboard', 'server/dashboard/a.ts', "import { a } from '../errors.ts';"],
    ['sandbox', 'server/sandbox/a.ts', "import { a } from '../ports.ts';"],
    ['sandbox-users', 'server/http/a.ts', "import { a } from '../sandbox/main.ts';"],
    ['environment', 'server/engine/a.ts', 'export const a = process.env.HOME;'],
    ['clock', 'server/engine/a.ts', 'export const a = Date.now();'],
    ['clock', 'server/mirror/a.ts', 'export const a = new Date();'],
    ['randomness', 'server/engine/a.ts', 'export const a = Math.random();'],
    ['randomness', 'server/use-cases/a.ts', "import { randomBytes } from 'node:crypto';"],
    ['network', 'server/engine/a.ts', "import { request } from 'node:https';"],
    ['network', 'server/use-cases/a.ts', "export const a = fetch('http://x');"],
    ['console', 'server/engine/a.ts', "console.log('x');"],
    ['default-export', 'server/engine/a.ts', 'export default 1;'],
    ['file-name', 'server/engine/utils.ts', 'export const a = 1;'],
    ['file-name', 'server/engine/camelCase.ts', 'export const a = 1;'],
    ['resource-name', 'server/engine/a.ts', "export const a = (name: string) => name === 'invoices';"],
    ['top-level', 'extra.ts', 'export const a = 1;'],
  ];

  async function treeOf(files: Record<string, string>): Promise<string> {
    tree = await mkdtemp(join(tmpdir(), 'architecture-'));
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(tree, path)), { recursive: true });
      await writeFile(join(tree, path), text);
    }
    return tree;
  }

  it.each(violations)('%s: a violation in %s is found (%s)', async (rule, path, text) => {
    const found = await violationsIn(await treeOf({ [path]: `/** A file. */\n${text}\n` }));
    expect(found.map((violation) => violation.split(':')[0])).toEqual([rule]);
    expect(found[0]).toContain(path);
  });

  /** A whole tree; each case below takes or changes one thing. */
  const whole: Record<string, string> = {
    'server/errors.ts':
      "/** Errors. */\nexport const errorTable = {\n  LOST: row('user', 404, 'Gone.'),\n};\n",
    'server/use-cases/find.ts': "/** Finds. */\nthrow new UserError('LOST');\n",
    'server/resources/quotes.ts': '/** Quotes. */\nexport const quotes: Resource = {};\n',
    'server/ports.ts': `/** Ports. */\n${'//\n'.repeat(400)}`,
    'shared/purpose.ts': '/**\n * A purpose of two lines.\n */\n',
    'test/find.test.ts': "it('is LOST');\n",
    'test/golden/quotes/quotes.page.txt': '',
    'test/golden/quotes/quotes.rows.json': '',
    'README.md': '| code |\n| `LOST` | Gone. | Look elsewhere. |\n',
  };
  const lacks: Array<[rule: string, path: string, text: string | undefined]> = [
    ['error-use', 'server/use-cases/find.ts', undefined],
    ['error-test', 'test/find.test.ts', "it('is found');\n"],
    ['error-row', 'README.md', 'LOST is gone.\n'],
    ['golden', 'test/golden/quotes/quotes.rows.json', undefined],
    ['golden', 'test/golden/quotes/quotes.page.txt', undefined],
    ['purpose', 'shared/purpose.ts', 'export const a = 1;\n'],
    ['length', 'shared/purpose.ts', `/** Long. */\n${'//\n'.repeat(300)}`],
  ];
  it.each(lacks)('%s: a lack in %s is found', async (rule, path, text) => {
    const { [path]: _, ...others } = whole;
    const found = await lacksIn(await treeOf(text === undefined ? others : { ...others, [path]: text }));
    expect(found.map((lack) => lack.split(':')[0])).toEqual([rule]);
  });

  it('find nothing in a tree that keeps them', async () => {
    expect(await lacksIn(await treeOf(whole))).toEqual([]);
    expect(await violationsIn(tree ?? '')).toEqual([]);
  });
});
