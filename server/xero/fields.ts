/** Every field that Xero's records may have, from the attribute maps of xero-node 20.0.0: read once, when first asked for. */
import { createRequire } from 'node:module';
import type { Field, FieldTree } from '../domain/field-tree.ts';

interface Attribute {
  baseName: string;
  type: string;
}
interface Model {
  attributeTypeMap?: readonly Attribute[];
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
  return {
    fieldsOf(envelope) {
      models ??= createRequire(import.meta.url)(modelsPath) as Record<string, Model>;
      const model = envelope.replace(/ies$/, 'y').replace(/s$/, '');
      const fields = known.get(model) ?? fieldsUnder(models, model, []);
      known.set(model, fields);
      return fields;
    },
  };
}

const onlyOfWrites = new Set([
  'ValidationErrors',
  'Warnings',
  'StatusAttributeString',
  'HasValidationErrors',
  'HasErrors',
]);

function fieldsUnder(models: Record<string, Model>, name: string, above: readonly string[]): Field[] {
  const isTooDeep = above.includes(name) || above.length === deepest;
  if (isTooDeep) return [];
  return (models[name]?.attributeTypeMap ?? [])
    .filter(({ baseName }) => !onlyOfWrites.has(baseName))
    .map(({ baseName, type }) => {
      const element = /^Array<(.+)>$/.exec(type)?.[1];
      return {
        name: baseName,
        kind: element === undefined ? kindOf(models, baseName, type) : 'list',
        fields: fieldsUnder(models, element ?? type, [...above, name]),
      } satisfies Field;
    });
}

function kindOf(models: Record<string, Model>, name: string, type: string): Field['kind'] {
  if (models[type]?.attributeTypeMap !== undefined) return 'object';
  if (type === 'number') return 'number';
  if (type === 'boolean') return 'boolean';
  // Calendar dates are typed as strings there and end in Date (xero-api.md 6.1).
  return type === 'Date' || /Date(UTC)?$/.test(name) ? 'date' : 'text';
}
