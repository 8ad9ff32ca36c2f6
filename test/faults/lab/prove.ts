/** `node test/faults/lab/prove.ts [BUG …]`: plants each bug in turn and plays seeds until an invariant is seen broken. */
import { bugs } from './bugs/index.ts';
import { seekBug } from './seek-bug.ts';

const names = process.argv.slice(2);
const chosen = names.length === 0 ? bugs : bugs.filter(({ name }) => names.includes(name));
const left: string[] = [];
for (const bug of chosen) {
  const found = await seekBug(bug, { from: 0, seeds: 60 });
  if (found === undefined) left.push(bug.name);
  process.stdout.write(
    found === undefined
      ? `${bug.name}: NOT CAUGHT\n`
      : `${bug.name}: seed ${found.seed}, ${found.played} played, ${found.invariants.join(' ')}: ${found.what.slice(0, 160)}\n`,
  );
}
process.stdout.write(`${chosen.length - left.length} of ${chosen.length} planted bugs caught\n`);
process.exit(left.length === 0 ? 0 : 1);
