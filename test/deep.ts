/**
 * `npm run test:deep -- --seeds N --from SEED`: so many seeds of the fault lab; its last line counts seeds and violations.
 * `npm run test:deep`: every hunt and proof with all its seeds. With FILEs: these, with so many seeds. A failing seed says how it replays.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const hunts = [
  'test/engine/steps/publish/soak.test.ts',
  'test/engine/steps/publish/together-soak.test.ts',
  'test/engine/morning/morning.test.ts',
  'test/engine/morning/day.test.ts',
  'test/engine/steps/pull/edits/edits-hunt.test.ts',
  'test/engine/steps/pull/settled-reports.test.ts',
  'test/domain/schedule-years.test.ts',
  'test/faults/refresh-storm.test.ts',
  'test/faults/server-kills.test.ts',
  'test/faults/lab/planted-bugs.test.ts',
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
if (values.seeds !== undefined && positionals.length === 0) {
  const args = ['--seeds', whole('seeds', values.seeds), '--from', whole('from', values.from)];
  const lab = spawnSync(process.execPath, ['test/faults/lab/main.ts', ...args], { stdio: 'inherit' });
  process.exit(lab.status ?? 1);
}
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
