/** What a server of the lab does with every tick besides, in seeds with more than runs in them. */
import { wakePost } from '../../../server/engine/notices/post-tasks.ts';
import { warnOfEnds } from '../../../server/engine/upkeep/warn-of-ends.ts';
import type { Ports } from '../../../server/ports.ts';
import { checkDueConnections } from '../../../server/use-cases/check-due-connections.ts';
import { eraseDue } from '../../../server/use-cases/erase-due.ts';
import type { LabWorld } from './lab-world.ts';
import type { Life } from './life.ts';

type Chore = (ports: Ports) => Promise<unknown>;

/** For one life: chores keep their place in the rounds they make. */
export function choresOf({ extras }: LabWorld, life: Life, ports: Ports): Array<[string, Chore]> {
  const warn = warnOfEnds(ports);
  return [
    ...(extras.isPosted
      ? [
          ['wake the post', wakePost] satisfies [string, Chore],
          ['warn of ends', warn] satisfies [string, Chore],
          ['check connections', checkDueConnections] satisfies [string, Chore],
        ]
      : []),
    ...(extras.isDeleted ? [['erase', (own) => erasing(own, life)] satisfies [string, Chore]] : []),
  ];
}

/** A kind of work of its own, in the table of crash points. */
async function erasing(ports: Ports, life: Life): Promise<void> {
  const { kind } = life;
  life.kind = 'erase';
  try {
    await eraseDue(ports);
  } finally {
    life.kind = kind;
  }
}
