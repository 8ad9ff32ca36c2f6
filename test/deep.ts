/** `npm run test:deep -- [--seeds N] [--from SEED] [FILE …]`: the hunts of `npm test` with all their seeds, or so many; each replays by its seed. */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const hunts = [
  'test/engine/steps/publish/soak.test.ts',
  'test/engine/steps/pull/edits/edits-hunt.test.ts',
  'test/domain/schedule-years.test.ts',
];
const whole = (name: string, text: string): string => {
  if (/^\d{1,9}$/.test(text)) return text;
  process.stderr.write(`--${name}: takes a whole number\n`);
  process.exit(2);
};

const { values, positionals } = parseArgs({
  options: { seeds: { type: 'string' }, from: { type: 'string', default: '0' } },
  allowPositionals: true,
});
const run = spawnSync(
  'vitest',
  [
    'run',
    '--config',
    'test/vitest.config.ts',
    '--testTimeout',
    '120000',
    ...(positionals.length > 0 ? positionals : hunts),
  ],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      FOLIOKEEP_DEEP: '1',
      ...(values.seeds === undefined ? {} : { FOLIOKEEP_SEEDS: whole('seeds', values.seeds) }),
      FOLIOKEEP_FROM: whole('from', values.from),
    },
  },
);
process.exit(run.status ?? 1);
