import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { violationsIn } from './support/architecture.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('the project', () => {
  it('keeps its layers and bans', async () => {
    expect(await violationsIn(root)).toEqual([]);
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

  it.each(violations)('%s: a violation in %s is found (%s)', async (rule, path, text) => {
    tree = await mkdtemp(join(tmpdir(), 'architecture-'));
    await mkdir(dirname(join(tree, path)), { recursive: true });
    await writeFile(join(tree, path), `/** A file. */\n${text}\n`);
    const found = await violationsIn(tree);
    expect(found.map((violation) => violation.split(':')[0])).toEqual([rule]);
    expect(found[0]).toContain(path);
  });

  it('finds nothing in a tree that keeps them', async () => {
    tree = await mkdtemp(join(tmpdir(), 'architecture-'));
    await mkdir(join(tree, 'server/domain'), { recursive: true });
    await writeFile(join(tree, 'server/domain/paging.ts'), '/** Pages. */\nexport const a = 1;\n');
    expect(await violationsIn(tree)).toEqual([]);
  });
});
