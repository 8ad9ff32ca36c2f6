/** batchUpdate requests about alternating colours. */
import * as z from 'zod';
import { checkFieldMask, parseFieldMask, updateByMask } from '../../field-mask.ts';
import { invalidArgument } from '../../google-api-error.ts';
import { checkedRange, type Edit, rectOf, sheetOf } from '../edit.ts';
import type { BandedRange, GridRange, Sheet } from '../model.ts';
import { overlaps } from '../protection.ts';
import { gridRangeSchema, int32, message, requestKind } from './request-kind.ts';

const bandedRangeSchema = z.strictObject({
  bandedRangeId: int32.optional(),
  bandedRangeReference: z.string().optional(),
  range: gridRangeSchema.optional(),
  rowProperties: message.optional(),
  columnProperties: message.optional(),
});

const assertFree = (edit: Edit, range: GridRange, own?: BandedRange): void => {
  const sheet = sheetOf(edit.draft, range.sheetId);
  const rect = rectOf(sheet, range);
  const taken = [...sheet.bandedRanges.filter((band) => band !== own), ...sheet.tables];
  if (taken.some((band) => overlaps(band.range, rect))) {
    throw invalidArgument(
      'You cannot add alternating background colors to a range that already has alternating background colors.',
    );
  }
};

const addBanding = requestKind(
  z.strictObject({ bandedRange: bandedRangeSchema }),
  (edit, { bandedRange }) => {
    const { bandedRangeId = edit.newId(), bandedRangeReference: _, range: wire, ...look } = bandedRange;
    const range = checkedRange(edit, wire);
    const ids = edit.draft.sheets.flatMap((sheet) => sheet.bandedRanges.map((band) => band.bandedRangeId));
    if (ids.includes(bandedRangeId)) {
      throw invalidArgument(`A banded range with ID ${bandedRangeId} already exists.`);
    }
    if (!look.rowProperties && !look.columnProperties) {
      throw invalidArgument('At least one of rowProperties or columnProperties must be specified.');
    }
    assertFree(edit, range);
    const sheet = sheetOf(edit.draft, range.sheetId);
    sheet.bandedRanges = [...sheet.bandedRanges, { bandedRangeId, range, look }];
    return { bandedRange: { bandedRangeId, range, ...look } };
  },
);

const find = ({ draft }: Edit, id: number | undefined): { sheet: Sheet; band: BandedRange } => {
  for (const sheet of draft.sheets) {
    const band = sheet.bandedRanges.find(({ bandedRangeId }) => bandedRangeId === id);
    if (band) return { sheet, band };
  }
  throw invalidArgument(`No banded range with id: ${id ?? 0}`);
};

const updateBanding = requestKind(
  z.strictObject({ bandedRange: bandedRangeSchema, fields: z.string() }),
  (edit, { bandedRange: wire, fields }) => {
    const mask = parseFieldMask(fields);
    checkFieldMask(mask, { range: true, rowProperties: true, columnProperties: true });
    const { sheet, band } = find(edit, wire.bandedRangeId);
    const { range: asked, bandedRangeId, bandedRangeReference: _, ...look } = wire;
    const isMoved = asked !== undefined && (mask.has('range') || mask.has('*'));
    const range = isMoved ? checkedRange(edit, asked) : band.range;
    if (isMoved) assertFree(edit, range, band);
    const { range: __, ...next } = updateByMask({ ...band.look, range }, { ...look, range }, mask);
    sheet.bandedRanges = sheet.bandedRanges.filter((other) => other !== band);
    const home = sheetOf(edit.draft, range.sheetId);
    home.bandedRanges = [...home.bandedRanges, { bandedRangeId: band.bandedRangeId, range, look: next }];
    return undefined;
  },
);

const deleteBanding = requestKind(
  z.strictObject({ bandedRangeId: int32.optional() }),
  (edit, { bandedRangeId }) => {
    const { sheet, band } = find(edit, bandedRangeId);
    sheet.bandedRanges = sheet.bandedRanges.filter((other) => other !== band);
    return undefined;
  },
);

export const bandingRequests = { addBanding, updateBanding, deleteBanding };
