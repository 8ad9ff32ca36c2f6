/** batchUpdate requests about named ranges. */
import * as z from 'zod';
import { checkFieldMask, parseFieldMask, wants } from '../../field-mask.ts';
import { invalidArgument } from '../../google-api-error.ts';
import { rewriteFormulas } from '../change-dimension.ts';
import { checkedRange, type Edit } from '../edit.ts';
import { followNamedRange } from '../formula/rewrite.ts';
import type { NamedRange } from '../model.ts';
import { namedRangeJson } from '../sheet-json.ts';
import { gridRangeSchema, requestKind } from './request-kind.ts';

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
    if (next.name !== old.name) {
      rewriteFormulas(edit.draft, (formula) => followNamedRange(formula, old.name, next.name));
    }
    return undefined;
  },
);

const deleteNamedRange = requestKind(
  z.strictObject({ namedRangeId: z.string().optional() }),
  (edit, { namedRangeId }) => {
    const old = namedById(edit, namedRangeId);
    edit.draft.namedRanges = edit.draft.namedRanges.filter((item) => item !== old);
    return undefined;
  },
);

export const namedRangeRequests = { addNamedRange, updateNamedRange, deleteNamedRange };
