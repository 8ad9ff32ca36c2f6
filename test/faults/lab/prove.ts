/** `node test/faults/lab/prove.ts [--seeds N] [BUG …]`: plants each bug in turn and plays seeds until its invariant is seen broken. */
import { parseArgs } from 'node:util';
import { bugs } from './bugs/index.ts';
import { seekBug } from './seek-bug.ts';

const { values, positionals } = parseArgs({
  options: { seeds: { type: 'string', default: '60' } },
  allowPositionals: true,
});
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const chosen = positionals.length === 0 ? bugs : bugs.filter(({ name }) => positionals.includes(name));
let caught = 0;
for (const bug of chosen) {
  const startedAt = performance.now();
  const found = await seekBug(bug, { from: 0, seeds: Number(values.seeds) });
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  if (found === undefined) print(`${bug.name}: NOT CAUGHT by ${bug.by}, ${seconds} s`);
  else if (found.innocent.length > 0)
    print(`${bug.name}: seed ${found.seed} fails without it: ${JSON.stringify(found.innocent)}`);
  else {
    caught += 1;
    print(
      `${bug.name}: ${bug.by}, seed ${found.seed}, ${found.played} played, ${seconds} s: ${found.what.slice(0, 200)}`,
    );
  }
}
print(`${caught} of ${chosen.length} planted bugs caught`);
process.exit(caught === chosen.length ? 0 : 1);
