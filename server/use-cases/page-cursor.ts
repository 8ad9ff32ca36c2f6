/** The opaque `next` of a list: where to go on, as text that only we read. */
import { z } from 'zod';
import { UserError } from '../errors.ts';

const cursorSchema = z.tuple([z.string().max(200), z.number()]);

export interface PageCursor {
  id: string;
  value: number;
}

export const cursorText = (cursor: PageCursor): string =>
  Buffer.from(JSON.stringify([cursor.id, cursor.value])).toString('base64url');

/** UserError `INVALID_INPUT` for a text that is not one of ours. */
export function readCursor(text: string | undefined): PageCursor | undefined {
  if (text === undefined) return undefined;
  const parsed = cursorSchema.safeParse(parsedJson(Buffer.from(text, 'base64url').toString()));
  if (!parsed.success)
    throw new UserError('INVALID_INPUT', { field: 'after', problem: 'is not the `next` of a page' });
  return { id: parsed.data[0], value: parsed.data[1] };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // The schema says what is wrong.
  }
}
