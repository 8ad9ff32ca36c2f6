/** One after another within this process. */

/** Runs what it is given in its order; one that fails keeps no other from its turn. */
export const turns = (): (<T>(act: () => Promise<T>) => Promise<T>) => {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const mine = last.then(act);
    last = mine.catch(() => undefined);
    return mine;
  };
};
