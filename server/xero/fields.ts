/** Every field that Xero's records may have, from the attribute maps of xero-node 20.0.0: read once, when first asked for. */
import { createRequire } from 'node:module';
import type { Field, FieldTree } from '../domain/field-tree.ts';
import { sentBeside } from './sent-beside.ts';

interface Attribute {
  baseName: string;
  type: string;
}
interface Model {
  attributeTypeMap?: readonly Attribute[];
  /** Its own lists of words, by the end of their type's name; a list of words by itself is an object of them. */
  [list: string]: unknown;
}

/** The models alone, without the SDK's clients: 80 ms the first time. */
const modelsPath = 'xero-node/dist/gen/model/accounting/models.js';
/** Documents hold contacts that hold groups that hold contacts: deeper than this nothing new is to be seen. */
const deepest = 3;

/**
 * The field tree. A list's model has its name in the singular; a list that the SDK does not have has no fields.
 * Fields that Xero only sends with answers to writes are left out.
 */
export function xeroFields(): FieldTree {
  let models: Record<string, Model> | undefined;
  const known = new Map<string, Field[]>();
  const under = (envelope: string, isSent: boolean): Field[] => {
    models ??= createRequire(import.meta.url)(modelsPath) as Record<string, Model>;
    const model = envelope.replace(/ies$/, 'y').replace(/s$/, '');
    const key = `${model} ${isSent}`;
    const fields = known.get(key) ?? fieldsUnder(models, model, [], isSent);
    known.set(key, fields);
    return fields;
  };
  return {
    fieldsOf: (envelope) => under(envelope, false),
    sentIn: (envelope) => under(envelope, true),
  };
}

const onlyOfWrites = new Set([
  'ValidationErrors',
  'Warnings',
  'StatusAttributeString',
  'HasValidationErrors',
  'HasErrors',
]);

function fieldsUnder(
  models: Record<string, Model>,
  name: string,
  above: readonly string[],
  isSent: boolean,
): Field[] {
  const isTooDeep = above.includes(name) || above.length === deepest;
  if (isTooDeep) return [];
  const fields = (models[name]?.attributeTypeMap ?? [])
    .filter(({ baseName }) => !onlyOfWrites.has(baseName))
    .map(({ baseName, type }): Field => {
      const element = /^Array<(.+)>$/.exec(type)?.[1];
      return {
        name: baseName,
        kind: element === undefined ? kindOf(models, baseName, type) : 'list',
        fields: fieldsUnder(models, element ?? type, [...above, name], isSent),
        ...(isSent ? { values: valuesOf(models, type) } : {}),
      };
    });
  return isSent && fields.length > 0 ? [...fields, ...sentBeside(name, fields)] : fields;
}

/** The words of a type such as `Invoice.StatusEnum` or `LineAmountTypes`; none when it is no list of words. */
function valuesOf(models: Record<string, Model>, type: string): string[] {
  const [model = '', list] = type.split('.');
  const words = list === undefined ? models[model] : models[model]?.[list];
  if (typeof words !== 'object' || words === null || 'attributeTypeMap' in words) return [];
  const values = Object.values(words);
  return values.every((value) => typeof value === 'string') ? values : [];
}

function kindOf(models: Record<string, Model>, name: string, type: string): Field['kind'] {
  if (models[type]?.attributeTypeMap !== undefined) return 'object';
  if (type === 'number') return 'number';
  if (type === 'boolean') return 'boolean';
  // Calendar dates are typed as strings there and end in Date (xero-api.md 6.1).
  return type === 'Date' || /Date(UTC)?$/.test(name) ? 'date' : 'text';
}
