/** Seeds of a property or fault hunt: a few in `npm test`, any number from any start in `npm run test:deep`. */

const count = (name: string): number | undefined => {
  const text = process.env[name];
  return text === undefined ? undefined : Number(text);
};

/** `usual` seeds from 0 on, `deep` in a deep run unless it asked for so many. A failing seed is replayed by `--seeds 1 --from SEED`. */
export const seeds = (usual: number, deep = 500): number[] => {
  const from = count('FOLIOKEEP_FROM') ?? 0;
  const length = count('FOLIOKEEP_SEEDS') ?? (count('FOLIOKEEP_DEEP') === 1 ? deep : usual);
  return Array.from({ length }, (_, index) => from + index);
};
