/** What a person did in the sheet, to be taken back one act at a time, as long as nobody else wrote since. */
import { commitSpreadsheet } from '../file-access.ts';
import { invalidArgument } from '../google-api-error.ts';
import type { Spreadsheet } from '../sheets/model.ts';
import type { DriveFile, World } from '../world.ts';

interface Act {
  before: Spreadsheet;
  /** Of the file before the act, as it was then. */
  from: number;
  /** Of the file when it stands as the act left it. */
  version: number;
  email: string;
}

/** So many acts can be taken back; states share all rows that they have in common. */
const MOST = 50;
const actsOf = new WeakMap<DriveFile, Act[]>();

export function rememberAct(file: DriveFile, before: Spreadsheet, email: string): void {
  const acts = actsOf.get(file) ?? [];
  acts.push({ before, from: file.version - 1, version: file.version, email });
  if (acts.length > MOST) acts.shift();
  actsOf.set(file, acts);
}

/** What a spreadsheet was made with is its beginning. */
export const forgetActs = (file: DriveFile): void => void actsOf.delete(file);

/** Another's write in between ends it: taking back an older state would take that write away too. */
export const canUndo = (file: DriveFile): boolean => actsOf.get(file)?.at(-1)?.version === file.version;

/** Refused when there is nothing to take back. Answers with the file's new version. */
export function undoAct(world: World, file: DriveFile): { version: number } {
  const acts = actsOf.get(file);
  const act = acts?.at(-1);
  if (acts === undefined || act?.version !== file.version)
    throw invalidArgument('There is nothing to undo: nothing was done here since the last write.');
  acts.pop();
  commitSpreadsheet(world, file, act.before, act.email);
  const earlier = acts.at(-1);
  // What was done before that act is next, if nobody wrote between the two.
  if (earlier !== undefined && earlier.version === act.from) earlier.version = file.version;
  return { version: file.version };
}
