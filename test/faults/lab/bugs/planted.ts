/** What a planted bug is, and a source text with it. */

import type { Habits } from '../plan.ts';

export interface Patch {
  /** From the root of the tree. */
  file: string;
  /** Stands exactly once in the file. */
  search: string;
  replace: string;
}

export interface Bug extends Patch {
  /** kebab-case, as its file. */
  name: string;
  /** What breaks, in a sentence. */
  breaks: string;
  /** The invariant that must be seen broken: by any other it is caught by accident. */
  by: string;
  /** The layers that would make it good, taken away with it. */
  also?: readonly Patch[];
  /** What its seeds suffer, and nothing else; a quiet world where left out. */
  habits?: Partial<Habits>;
}

export const patchesOf = (bug: Bug): readonly Patch[] => [bug, ...(bug.also ?? [])];

/** Throws when the text is not there exactly once: the code has moved on, and the bug has to be planted anew. */
export function planted(name: string, { file, search, replace }: Patch, text: string): string {
  const times = text.split(search).length - 1;
  if (times !== 1) throw new Error(`bug ${name}: its text stands ${times} times in ${file}`);
  return text.replace(search, () => replace);
}
