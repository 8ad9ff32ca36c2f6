/** Seeds of a property or fault hunt: a few in `npm test`, any number from any start in `npm run test:deep`. */

const count = (name: string): number | undefined => {
  const text = process.env[name];
  return text === undefined ? undefined : Number(text);
};

/** `usual` seeds from 0 on, unless a deep run asked for others. A failing seed is replayed by `--seeds 1 --from SEED`. */
export const seeds = (usual: number): number[] => {
  const from = count('FOLIOKEEP_FROM') ?? 0;
  return Array.from({ length: count('FOLIOKEEP_SEEDS') ?? usual }, (_, index) => from + index);
};
