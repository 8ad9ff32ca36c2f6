/**
 * A column of texts that are mostly different from each other: their characters stand in blocks of bytes, one byte each where
 * that is enough and two where it is not, so that every text comes back unit for unit, halves of pairs among them.
 */
import { type Column, integers } from './columns.ts';

const BLOCK_BYTES = 65_536;
/** Before each text: its length in bytes, four of them, with the lowest bit set where a character has two. */
const HEAD = 4;
const ABSENT = -1;

/** A text that is replaced leaves its characters behind. */
export function texts<Text extends string | null>(): Column<Text> {
  /** Of each row: its block times BLOCK_BYTES, plus its place in that block. */
  const starts = integers();
  const blocks: Buffer[] = [];
  let filled = BLOCK_BYTES;
  return {
    get(index) {
      const start = starts.get(index);
      if (start === ABSENT) return null as Text;
      const block = blocks[Math.floor(start / BLOCK_BYTES)] as Buffer;
      const at = start % BLOCK_BYTES;
      const head = block.readUInt32LE(at);
      const end = at + HEAD + (head >>> 1);
      return block.toString(head & 1 ? 'utf16le' : 'latin1', at + HEAD, end) as Text;
    },
    set(index, text) {
      if (text === null) {
        starts.set(index, ABSENT);
        return;
      }
      const isWide = !/^[\u0000-\u00ff]*$/.test(text);
      const length = isWide ? text.length * 2 : text.length;
      if (filled + HEAD + length > BLOCK_BYTES) {
        blocks.push(Buffer.alloc(Math.max(BLOCK_BYTES, HEAD + length)));
        filled = 0;
      }
      const block = blocks.at(-1) as Buffer;
      block.writeUInt32LE(length * 2 + (isWide ? 1 : 0), filled);
      block.write(text, filled + HEAD, isWide ? 'utf16le' : 'latin1');
      starts.set(index, (blocks.length - 1) * BLOCK_BYTES + filled);
      filled += HEAD + length;
    },
  };
}
