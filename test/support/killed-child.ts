/** Runs a script in a process of its own and kills it with SIGKILL, or waits for its end. */
import { spawn } from 'node:child_process';

export interface ChildEnd {
  /** Whole lines that it printed; a line cut by the kill is left out. */
  lines: string[];
  code: number | null;
  errors: string;
}

/** `killAfter` says by how many lines and how many milliseconds more the kill comes; without it the child ends by itself. */
export const runChild = (
  script: URL,
  args: readonly string[],
  killAfter?: { lines: number; ms: number },
): Promise<ChildEnd> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script.pathname, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
    let printed = '';
    let errors = '';
    let isDoomed = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      if (!killAfter || isDoomed || printed.split('\n').length <= killAfter.lines) return;
      isDoomed = true;
      setTimeout(() => child.kill('SIGKILL'), killAfter.ms);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ lines: printed.split('\n').slice(0, -1), code, errors }));
  });
