/** Short texts that come again and again (statuses, account names), kept once: millions of cells share them. */

const MOST_TEXTS = 20_000;
const LONGEST = 40;
const pool = new Map<string, string>();

/** An equal text, the same object for the same words while they are in use. */
export const pooledText = (text: string): string => {
  if (text.length > LONGEST) return text;
  const known = pool.get(text);
  if (known !== undefined) return known;
  // Texts that are all different would fill it for nothing: begin again, and keep what comes again.
  if (pool.size >= MOST_TEXTS) pool.clear();
  pool.set(text, text);
  return text;
};
