/** `npm run demo` as a person or a program runs it. */
import { execFileSync, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { runStatusSchema } from '../../shared/contract/run.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const demoScript = join(root, 'server/demo/demo.ts');

interface Ended {
  code: number | null;
  out: string;
  errors: string;
}

/** `act` is told what it has printed so far, each time it prints. */
function run(
  command: string,
  args: readonly string[],
  act: (child: { pid: number; kill(signal: NodeJS.Signals): void }, out: string) => void = () => undefined,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, errors] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      act({ pid: child.pid ?? 0, kill: (signal) => child.kill(signal) }, out);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, errors }));
  });
}

/** Exactly this and nothing more (issue 2, "Commands"). */
const reportSchema = z.strictObject({
  exporters: z.array(
    z.strictObject({
      name: z.string().min(1),
      dataset: z.string().min(1),
      runs: z.array(
        z.strictObject({
          status: runStatusSchema,
          rows: z.int().positive(),
          cellsWritten: z.int().nonnegative(),
          xeroCalls: z.int().nonnegative(),
          xeroBytes: z.int().nonnegative(),
          ms: z.int().positive(),
        }),
      ),
    }),
  ),
  totals: z.strictObject({ reconciled: z.boolean(), difference: z.string().regex(/^-?\d+(\.\d+)?$/) }),
});

const reports = new Set(['profit-and-loss', 'balance-sheet', 'trial-balance', 'bank-summary']);

/** In the order in which they were started. */
const childrenOf = (pid: number): number[] =>
  execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(Number);

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

const foldersOf = (name: string): string[] => {
  const folder = join(root, '.foliokeep/demo');
  return readdirSync(folder).filter((one) => one.startsWith(name));
};

describe('the demo', () => {
  test('succeeds, reconciles, and says so in one JSON object', async () => {
    // --silent: npm's own two lines about the script are not ours.
    const { code, out, errors } = await run('npm', ['run', '--silent', 'demo', '--', '--json']);
    expect(code, errors).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(1);
    const { exporters, totals } = reportSchema.parse(JSON.parse(out));

    expect(totals.reconciled).toBe(true);
    expect(Number(totals.difference)).toBe(0);
    expect(exporters.map(({ dataset }) => dataset)).toEqual([
      'invoices',
      'invoice-lines',
      'credit-notes',
      'prepayments',
      'overpayments',
      'profit-and-loss',
      'balance-sheet',
      'trial-balance',
      'bank-summary',
    ]);
    for (const { dataset, runs } of exporters) {
      expect(runs, dataset).toHaveLength(2);
      const [first, second] = runs;
      expect([first?.status, second?.status], dataset).toEqual(['succeeded', 'succeeded']);
      // Every cell of the block, header and all; then a small share of them.
      expect(first?.cellsWritten, dataset).toBeGreaterThanOrEqual(first?.rows ?? 0);
      // Reports are short tables of totals: a few changes move many of their figures. Of few rows, one is a large share.
      const share = reports.has(dataset) ? 0.3 : 0.05;
      const most = Math.max((first?.cellsWritten ?? 0) * share, 15);
      expect(second?.cellsWritten, dataset).toBeLessThan(most);
    }
    // Calls and bytes stand on the runs that made them: those that joined a pull made none.
    for (const at of [0, 1]) {
      const callers = exporters.filter(({ runs }) => (runs[at]?.xeroCalls ?? 0) > 0);
      expect(callers.length).toBeGreaterThan(0);
      expect(callers.length).toBeLessThan(exporters.length);
      for (const { runs } of exporters) expect(runs[at]?.xeroBytes === 0).toBe(runs[at]?.xeroCalls === 0);
    }
  }, 90_000);

  test.each([
    [['--size', 'huge'], '--size takes small, medium or large, not "huge".'],
    [['--seed', '1.5'], '--seed takes a whole number, not "1.5".'],
    [['--log', 'loud'], '--log takes one of debug, info, warn, error, silent, not "loud".'],
    [['--colour'], "Unknown option '--colour'."],
    [['more'], "Unexpected argument 'more'."],
  ])('answers %j with exit 2 and a sentence', async (args, sentence) => {
    const { code, out, errors } = await run(process.execPath, [demoScript, ...args]);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(errors.split('\n')[0]).toBe(sentence);
    expect(errors).toContain('Usage: npm run demo');
  });

  test('stopped with Ctrl+C leaves no process and no file', async () => {
    const before = foldersOf('run-');
    let children: number[] = [];
    const { code, out, errors } = await run(process.execPath, [demoScript], (child, printed) => {
      if (!printed.includes('exporters') || children.length > 0) return;
      children = childrenOf(child.pid);
      child.kill('SIGINT');
    });
    expect(code, out).toBe(130);
    expect(errors).toBe('Stopped.\n');
    expect(children).toHaveLength(2);
    expect(children.filter(isAlive)).toEqual([]);
    expect(foldersOf('run-').filter((name) => !before.includes(name))).toEqual([]);
  }, 30_000);

  test('whose server dies says so and ends', async () => {
    let server: number | undefined;
    const { code, errors } = await run(process.execPath, [demoScript], (child, printed) => {
      if (!printed.includes('exporters') || server !== undefined) return;
      server = childrenOf(child.pid)[1];
      if (server !== undefined) process.kill(server, 'SIGKILL');
    });
    expect(code).toBe(1);
    expect(errors).toContain('The server ended by itself (SIGKILL).');
  }, 30_000);
});
