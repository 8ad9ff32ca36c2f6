/** What `npm run demo` was asked for, or the sentence that says what was wrong with it. */
import { parseArgs } from 'node:util';

export interface DemoOptions {
  size: 'small' | 'medium';
  /** Of the sandbox's books and of the changes between the runs. */
  seed: number;
  isJson: boolean;
  /** Keeps the demo's files. */
  keeps: boolean;
  logLevel: string;
}

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'];

export function readDemoOptions(args: readonly string[]): DemoOptions | { problem: string } {
  const parsed = parse(args);
  if ('problem' in parsed) return parsed;
  const { size, seed, json, keep, log } = parsed;
  if (size !== 'small' && size !== 'medium')
    return { problem: `--size takes small or medium, not "${size}".` };
  if (!/^\d{1,9}$/.test(seed)) return { problem: `--seed takes a whole number, not "${seed}".` };
  if (!logLevels.includes(log))
    return { problem: `--log takes one of ${logLevels.join(', ')}, not "${log}".` };
  return { size, seed: Number(seed), isJson: json, keeps: keep, logLevel: log };
}

interface Parsed {
  size: string;
  seed: string;
  json: boolean;
  keep: boolean;
  log: string;
}

function parse(args: readonly string[]): Parsed | { problem: string } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        size: { type: 'string', default: 'small' },
        seed: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
        log: { type: 'string', default: 'silent' },
      },
    });
    return values;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith('ERR_PARSE_ARGS') !== true) throw error;
    // Its first sentence says it; what follows is about `--` and dashes.
    return { problem: `${message.split(/\.\s/)[0]?.replace(/\.$/, '') ?? message}.` };
  }
}
