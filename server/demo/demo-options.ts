/** What `npm run demo` was asked for, or the sentence that says what was wrong with it. */
import { parseArgs } from 'node:util';

export const demoSizes = ['small', 'medium', 'large'] as const;

export interface DemoOptions {
  size: (typeof demoSizes)[number];
  /** Waits for limits are skipped, on the clocks of server and sandbox alike; a large organisation always has it. */
  hasVirtualClock: boolean;
  /** Of the sandbox's books and of the changes between the runs. */
  seed: number;
  isJson: boolean;
  /** Keeps the demo's files. */
  keeps: boolean;
  logLevel: string;
}

export const demoUsage = `Usage: npm run demo -- [--size ${demoSizes.join('|')}] [--seed NUMBER] [--virtual-clock] [--json] [--keep] [--log LEVEL]`;

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'];

export function readDemoOptions(args: readonly string[]): DemoOptions | { problem: string } {
  const parsed = parse(args);
  if ('problem' in parsed) return parsed;
  const { size, seed, json, keep, log } = parsed;
  const known = demoSizes.find((one) => one === size);
  if (known === undefined) return { problem: `--size takes small, medium or large, not "${size}".` };
  if (!/^\d{1,9}$/.test(seed)) return { problem: `--seed takes a whole number, not "${seed}".` };
  if (!logLevels.includes(log))
    return { problem: `--log takes one of ${logLevels.join(', ')}, not "${log}".` };
  const hasVirtualClock = parsed['virtual-clock'] || known === 'large';
  return { size: known, hasVirtualClock, seed: Number(seed), isJson: json, keeps: keep, logLevel: log };
}

interface Parsed {
  size: string;
  seed: string;
  json: boolean;
  keep: boolean;
  log: string;
  'virtual-clock': boolean;
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
        'virtual-clock': { type: 'boolean', default: false },
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
