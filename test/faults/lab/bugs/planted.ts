/** What a planted bug is, and a source text with it. */

import type { Habits } from '../plan.ts';

export interface Bug {
  /** kebab-case, as its file. */
  name: string;
  /** What breaks, in a sentence. */
  breaks: string;
  /** From the root of the tree. */
  file: string;
  /** Stands exactly once in the file. */
  search: string;
  replace: string;
  /** The invariants of which one must be seen broken. */
  by: readonly string[];
  /** The suite that sees it where the lab does not come: the seam lies below what the lab lets go. */
  suite?: string;
  /** What its seeds suffer more of than by their own dice. */
  habits?: Partial<Habits>;
  /** Seeds that see it, tried first. */
  seeds?: readonly number[];
}

/** Throws when the text is not there exactly once: the code has moved on, and the bug has to be planted anew. */
export function planted({ name, file, search, replace }: Bug, text: string): string {
  const times = text.split(search).length - 1;
  if (times !== 1) throw new Error(`bug ${name}: its text stands ${times} times in ${file}`);
  return text.replace(search, () => replace);
}
