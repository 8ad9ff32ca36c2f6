/** batchUpdate requests about protected ranges. */
import * as z from 'zod';
import { checkFieldMask, parseFieldMask, wants } from '../../field-mask.ts';
import { invalidArgument } from '../../google-api-error.ts';
import { checkedRange, type Edit, sheetOf } from '../edit.ts';
import type { ProtectedRange, Sheet } from '../model.ts';
import { mayEditRange } from '../protection.ts';
import { protectedRangeJson } from '../sheet-json.ts';
import { tableById } from '../tables.ts';
import { gridRangeSchema, int32, requestKind } from './request-kind.ts';

const protectedRangeSchema = z.strictObject({
  protectedRangeId: int32.optional(),
  range: gridRangeSchema.optional(),
  namedRangeId: z.string().optional(),
  tableId: z.string().optional(),
  description: z.string().optional(),
  warningOnly: z.boolean().optional(),
  requestingUserCanEdit: z.boolean().optional(),
  unprotectedRanges: z.array(gridRangeSchema).optional(),
  editors: z
    .strictObject({
      users: z.array(z.string()).optional(),
      groups: z.array(z.string()).optional(),
      domainUsersCanEdit: z.boolean().optional(),
    })
    .optional(),
});
type Wire = z.infer<typeof protectedRangeSchema>;

const editorsOf = (edit: Edit, wire: Wire): ProtectedRange['editors'] => ({
  // Whoever protects a range can always edit it.
  users: [...new Set([...(wire.editors?.users ?? []), edit.actor.email])],
  groups: wire.editors?.groups ?? [],
  domainUsersCanEdit: wire.editors?.domainUsersCanEdit ?? false,
});

/** Exactly one of a range, a named range and a table says what is protected. */
const placeOf = (edit: Edit, wire: Wire): Pick<ProtectedRange, 'range' | 'namedRangeId' | 'tableId'> => {
  if ([wire.range, wire.namedRangeId, wire.tableId].filter((part) => part !== undefined).length > 1) {
    throw invalidArgument('Only one of range, namedRangeId or tableId may be set.');
  }
  if (wire.tableId !== undefined) {
    const found = tableById(edit.draft, wire.tableId);
    if (!found) throw invalidArgument(`No table with id: ${wire.tableId}`);
    return { range: found.table.range, tableId: wire.tableId };
  }
  if (wire.namedRangeId === undefined) return { range: checkedRange(edit, wire.range) };
  const named = edit.draft.namedRanges.find(({ namedRangeId }) => namedRangeId === wire.namedRangeId);
  if (!named) throw invalidArgument(`No named range with id: ${wire.namedRangeId}`);
  return { range: named.range, namedRangeId: wire.namedRangeId };
};

const addProtectedRange = requestKind(
  z.strictObject({ protectedRange: protectedRangeSchema }),
  (edit, { protectedRange: wire }) => {
    const protectedRangeId = wire.protectedRangeId ?? edit.newId();
    const all = edit.draft.sheets.flatMap((sheet) => sheet.protectedRanges);
    if (all.some((other) => other.protectedRangeId === protectedRangeId)) {
      throw invalidArgument(`A protected range with ID ${protectedRangeId} already exists.`);
    }
    const made: ProtectedRange = {
      protectedRangeId,
      ...placeOf(edit, wire),
      ...(wire.description !== undefined && { description: wire.description }),
      warningOnly: wire.warningOnly ?? false,
      unprotectedRanges: (wire.unprotectedRanges ?? []).map((range) => checkedRange(edit, range)),
      editors: editorsOf(edit, wire),
    };
    const sheet = sheetOf(edit.draft, made.range.sheetId);
    sheet.protectedRanges = [...sheet.protectedRanges, made];
    return { protectedRange: protectedRangeJson(made, edit.actor) };
  },
);

const find = ({ draft, actor }: Edit, id: number | undefined): { sheet: Sheet; old: ProtectedRange } => {
  for (const sheet of draft.sheets) {
    const old = sheet.protectedRanges.find(({ protectedRangeId }) => protectedRangeId === id);
    if (!old) continue;
    if (!mayEditRange(old, actor))
      throw invalidArgument('You do not have permission to edit this protected range.');
    return { sheet, old };
  }
  throw invalidArgument(`No protected range with id: ${id ?? 0}`);
};

const updateProtectedRange = requestKind(
  z.strictObject({ protectedRange: protectedRangeSchema, fields: z.string() }),
  (edit, { protectedRange: wire, fields }) => {
    const mask = parseFieldMask(fields);
    checkFieldMask(mask, {
      range: true,
      namedRangeId: true,
      tableId: true,
      description: true,
      warningOnly: true,
      unprotectedRanges: true,
      editors: { users: true, groups: true, domainUsersCanEdit: true },
    });
    const { sheet, old } = find(edit, wire.protectedRangeId);
    const next: ProtectedRange = { ...old };
    if (wire.range || wire.namedRangeId !== undefined || wire.tableId !== undefined) {
      const isPlaced = wants(mask, 'range') || wants(mask, 'namedRangeId') || wants(mask, 'tableId');
      if (isPlaced) {
        delete next.namedRangeId;
        delete next.tableId;
        Object.assign(next, placeOf(edit, wire));
      }
    }
    if (wants(mask, 'description')) {
      if (wire.description === undefined) delete next.description;
      else next.description = wire.description;
    }
    if (wants(mask, 'warningOnly')) next.warningOnly = wire.warningOnly ?? false;
    if (wants(mask, 'unprotectedRanges')) {
      next.unprotectedRanges = (wire.unprotectedRanges ?? []).map((range) => checkedRange(edit, range));
    }
    if (wants(mask, 'editors', 'users')) next.editors = editorsOf(edit, wire);
    sheet.protectedRanges = sheet.protectedRanges.filter((item) => item !== old);
    const home = sheetOf(edit.draft, next.range.sheetId);
    home.protectedRanges = [...home.protectedRanges, next];
    return undefined;
  },
);

const deleteProtectedRange = requestKind(
  z.strictObject({ protectedRangeId: int32.optional() }),
  (edit, { protectedRangeId }) => {
    const { sheet, old } = find(edit, protectedRangeId);
    sheet.protectedRanges = sheet.protectedRanges.filter((item) => item !== old);
    return undefined;
  },
);

export const protectionRequests = { addProtectedRange, updateProtectedRange, deleteProtectedRange };
