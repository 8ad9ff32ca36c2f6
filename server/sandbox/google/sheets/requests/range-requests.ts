/** batchUpdate requests about named and protected ranges, filters, banding and validation. */
import * as z from 'zod';
import { checkFieldMask, parseFieldMask, wants } from '../../field-mask.ts';
import { invalidArgument } from '../../google-api-error.ts';
import { type Edit, rectOf, sheetOf } from '../edit.ts';
import type { GridRange, NamedRange } from '../model.ts';
import { assertEditable, overlaps } from '../protection.ts';
import { namedRangeJson } from '../sheet-json.ts';
import { gridRangeSchema, int32, message, requestKind, toGridRange } from './request-kind.ts';

/** A stored range that surely lies in its grid. */
export const checkedRange = (edit: Edit, wire: z.infer<typeof gridRangeSchema> | undefined): GridRange => {
  if (!wire) throw invalidArgument('No range was given.');
  rectOf(sheetOf(edit.draft, wire.sheetId), wire);
  return toGridRange(wire);
};

const namedRangeSchema = z.strictObject({
  namedRangeId: z.string().optional(),
  name: z.string().optional(),
  range: gridRangeSchema.optional(),
});

const assertName = ({ draft }: Edit, name: string | undefined, own?: NamedRange): string => {
  if (!name || !/^[\p{L}_][\p{L}\p{N}_.]{0,249}$/u.test(name) || /^(true|false)$/i.test(name)) {
    throw invalidArgument(`The name "${name ?? ''}" is not a valid name for a named range.`);
  }
  if (/^([A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*)$/.test(name)) {
    throw invalidArgument(`The name "${name}" is not a valid name for a named range.`);
  }
  if (draft.namedRanges.some((other) => other !== own && other.name.toLowerCase() === name.toLowerCase())) {
    throw invalidArgument(`A named range with the name "${name}" already exists.`);
  }
  return name;
};

const addNamedRange = requestKind(
  z.strictObject({ namedRange: namedRangeSchema }),
  (edit, { namedRange }) => {
    const { draft } = edit;
    const namedRangeId = namedRange.namedRangeId ?? edit.newId().toString(36);
    if (draft.namedRanges.some((other) => other.namedRangeId === namedRangeId)) {
      throw invalidArgument(`A named range with ID "${namedRangeId}" already exists.`);
    }
    const made = {
      namedRangeId,
      name: assertName(edit, namedRange.name),
      range: checkedRange(edit, namedRange.range),
    };
    draft.namedRanges = [...draft.namedRanges, made];
    return { namedRange: namedRangeJson(made) };
  },
);

const namedById = ({ draft }: Edit, id: string | undefined): NamedRange => {
  const found = draft.namedRanges.find(({ namedRangeId }) => namedRangeId === id);
  if (!found) throw invalidArgument(`No named range with id: ${id ?? ''}`);
  return found;
};

const updateNamedRange = requestKind(
  z.strictObject({ namedRange: namedRangeSchema, fields: z.string() }),
  (edit, { namedRange, fields }) => {
    const mask = parseFieldMask(fields);
    checkFieldMask(mask, { namedRangeId: true, name: true, range: true });
    const old = namedById(edit, namedRange.namedRangeId);
    const next: NamedRange = { ...old };
    if (wants(mask, 'name')) next.name = assertName(edit, namedRange.name, old);
    if (wants(mask, 'range')) next.range = checkedRange(edit, namedRange.range);
    edit.draft.namedRanges = edit.draft.namedRanges.map((item) => (item === old ? next : item));
    return undefined;
  },
);

const deleteNamedRange = requestKind(
  z.strictObject({ namedRangeId: z.string() }),
  (edit, { namedRangeId }) => {
    const old = namedById(edit, namedRangeId);
    edit.draft.namedRanges = edit.draft.namedRanges.filter((item) => item !== old);
    return undefined;
  },
);

const setBasicFilter = requestKind(
  z.strictObject({
    filter: z.strictObject({
      range: gridRangeSchema.optional(),
      tableId: z.string().optional(),
      sortSpecs: z.array(message).optional(),
      criteria: message.optional(),
      filterSpecs: z.array(message).optional(),
    }),
  }),
  (edit, { filter: { range, ...rest } }) => {
    const checked = checkedRange(edit, range ?? {});
    sheetOf(edit.draft, checked.sheetId).basicFilter = { range: checked, rest };
    return undefined;
  },
);

const clearBasicFilter = requestKind(z.strictObject({ sheetId: int32.optional() }), (edit, { sheetId }) => {
  delete sheetOf(edit.draft, sheetId).basicFilter;
  return undefined;
});

const bandedRangeSchema = z.strictObject({
  bandedRangeId: int32.optional(),
  bandedRangeReference: z.string().optional(),
  range: gridRangeSchema.optional(),
  rowProperties: message.optional(),
  columnProperties: message.optional(),
});

const addBanding = requestKind(
  z.strictObject({ bandedRange: bandedRangeSchema }),
  (edit, { bandedRange }) => {
    const { bandedRangeId = edit.newId(), bandedRangeReference: _, range: wire, ...look } = bandedRange;
    const range = checkedRange(edit, wire);
    const sheet = sheetOf(edit.draft, range.sheetId);
    const rect = rectOf(sheet, range);
    if (
      edit.draft.sheets.some((other) =>
        other.bandedRanges.some((band) => band.bandedRangeId === bandedRangeId),
      )
    ) {
      throw invalidArgument(`A banded range with ID ${bandedRangeId} already exists.`);
    }
    if (sheet.bandedRanges.some((band) => overlaps(band.range, rect))) {
      throw invalidArgument(
        'You cannot add alternating background colors to a range that already has alternating background colors.',
      );
    }
    sheet.bandedRanges = [...sheet.bandedRanges, { bandedRangeId, range, look }];
    return { bandedRange: { bandedRangeId, range, ...look } };
  },
);

const deleteBanding = requestKind(z.strictObject({ bandedRangeId: int32 }), (edit, { bandedRangeId }) => {
  const home = edit.draft.sheets.find((sheet) =>
    sheet.bandedRanges.some((band) => band.bandedRangeId === bandedRangeId),
  );
  if (!home) throw invalidArgument(`No banded range with id: ${bandedRangeId}`);
  home.bandedRanges = home.bandedRanges.filter((band) => band.bandedRangeId !== bandedRangeId);
  return undefined;
});

/** Kept and shown in the dump; the sandbox does not hold people's input to it. */
const setDataValidation = requestKind(
  z.strictObject({
    range: gridRangeSchema,
    rule: message.optional(),
    filteredRowsIncluded: z.boolean().optional(),
  }),
  (edit, { range: wire, rule }) => {
    const range = checkedRange(edit, wire);
    const sheet = sheetOf(edit.draft, range.sheetId);
    assertEditable(edit, sheet, rectOf(sheet, range));
    const same = JSON.stringify(range);
    const others = sheet.validations.filter((item) => JSON.stringify(item.range) !== same);
    sheet.validations = rule ? [...others, { range, rule }] : others;
    return undefined;
  },
);

export const rangeRequests = {
  addNamedRange,
  updateNamedRange,
  deleteNamedRange,
  setBasicFilter,
  clearBasicFilter,
  addBanding,
  deleteBanding,
  setDataValidation,
};
