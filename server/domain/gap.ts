/** A gap: something that is missing, named, with its reason. One gap is enough to lose the word "complete". */
export { type Gap, gapSchema } from '../../shared/contract/run.ts';
