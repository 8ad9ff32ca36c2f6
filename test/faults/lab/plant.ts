/**
 * Preloaded to plant a bug: source files are changed as Node loads them, so that the tree itself is never touched. The bugs
 * are those named in `FOLIOKEEP_BUGS`, with a space between; one whose text does not stand exactly once in its file stops the process.
 */
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { bugs } from './bugs/index.ts';
import { patchesOf, planted } from './bugs/planted.ts';

const names = (process.env['FOLIOKEEP_BUGS'] ?? '').split(' ').filter((name) => name !== '');
const chosen = names.flatMap((name) => {
  const bug = bugs.find((one) => one.name === name);
  if (bug === undefined) throw new Error(`there is no bug named ${name}`);
  return patchesOf(bug).map((patch) => ({ name, patch }));
});
const root = fileURLToPath(new URL('../../../', import.meta.url));

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    const mine = chosen.filter(({ patch }) => url === new URL(patch.file, `file://${root}`).href);
    if (mine.length === 0 || loaded.source === null || loaded.source === undefined) return loaded;
    const source = mine.reduce(
      (text, { name, patch }) => planted(name, patch, text),
      loaded.source.toString(),
    );
    return { ...loaded, source };
  },
});
