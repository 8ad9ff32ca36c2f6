/** batchUpdate's updateBorders: the six edges of a range, kept as borders of its cells. */
import * as z from 'zod';
import { invalidArgument } from '../../google-api-error.ts';
import { eachRow, type Rect, setFormatId } from '../grid.ts';
import type { CellFormat } from '../model.ts';
import { openRect } from '../protection.ts';
import { gridRangeSchema, int32, message, names, requestKind } from './request-kind.ts';

const borderSchema = z.strictObject({
  style: names([
    'STYLE_UNSPECIFIED',
    'DOTTED',
    'DASHED',
    'SOLID',
    'SOLID_MEDIUM',
    'SOLID_THICK',
    'NONE',
    'DOUBLE',
  ]).optional(),
  width: int32.optional(),
  color: message.optional(),
  colorStyle: message.optional(),
});
type Border = z.infer<typeof borderSchema>;
type Edge = 'top' | 'bottom' | 'left' | 'right';

const WIDTHS: Record<string, number> = { SOLID_MEDIUM: 2, SOLID_THICK: 3, DOUBLE: 3 };

const updateBorders = requestKind(
  z.strictObject({
    range: gridRangeSchema,
    top: borderSchema.optional(),
    bottom: borderSchema.optional(),
    left: borderSchema.optional(),
    right: borderSchema.optional(),
    innerHorizontal: borderSchema.optional(),
    innerVertical: borderSchema.optional(),
  }),
  (edit, { range, ...edges }) => {
    const { sheet, rect } = openRect(edit, range);
    if (Object.values(edges).some((edge) => edge && !edge.style)) {
      throw invalidArgument('Border.style must be set.');
    }
    eachRow(edit.draft, sheet, rect, (row, index) => {
      for (let column = rect.left; column < rect.right; column += 1) {
        const change = bordersAt(rect, index, column, edges);
        if (Object.keys(change).length === 0) continue;
        const id = row.formats[column] ?? 0;
        setFormatId(
          edit.book,
          row,
          column,
          edit.book.withFormat(id, withBorders(edit.book.format(id), change)),
        );
      }
    });
    return undefined;
  },
);

const bordersAt = (
  rect: Rect,
  row: number,
  column: number,
  edges: { [name in Edge | 'innerHorizontal' | 'innerVertical']?: Border | undefined },
): { [edge in Edge]?: Border } => {
  const own = {
    top: row === rect.top ? edges.top : edges.innerHorizontal,
    bottom: row === rect.bottom - 1 ? edges.bottom : edges.innerHorizontal,
    left: column === rect.left ? edges.left : edges.innerVertical,
    right: column === rect.right - 1 ? edges.right : edges.innerVertical,
  };
  return Object.fromEntries(Object.entries(own).filter(([, border]) => border !== undefined));
};

/** NONE takes a border away; an edge that is not named stays. */
const withBorders = (format: CellFormat, change: { [edge in Edge]?: Border }): CellFormat => {
  const { borders = {}, ...rest } = format as { borders?: Record<string, unknown> };
  const next: Record<string, unknown> = { ...borders };
  for (const [edge, border] of Object.entries(change)) {
    if (border.style === 'NONE') delete next[edge];
    else next[edge] = { ...border, width: WIDTHS[border.style ?? ''] ?? 1 };
  }
  return Object.keys(next).length > 0 ? { ...rest, borders: next } : rest;
};

export const borderRequests = { updateBorders };
