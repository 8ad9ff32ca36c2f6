/** Compares what xero-node made of an answer with the answer itself, by the SDK's own attribute maps. */

interface Attribute {
  name: string;
  baseName: string;
  type: string;
}

export interface Comparison {
  /** Where the SDK's value is not what the answer says, as `path: what`. */
  wrong: string[];
  /** Fields of the answer that the SDK drops, as `Model.Field`. */
  dropped: Set<string>;
  /** Fields that the SDK turned into a Date though they are typed as text. */
  datesInText: Set<string>;
  /** Values compared, so that a comparison of nothing shows. */
  compared: number;
}

export const comparison = (): Comparison => ({
  wrong: [],
  dropped: new Set(),
  datesInText: new Set(),
  compared: 0,
});

/** `read` is what the SDK gives for `wire`; both are walked together. */
export function compare(found: Comparison, read: unknown, wire: unknown, path: string): void {
  if (Array.isArray(read)) {
    if (!Array.isArray(wire) || wire.length !== read.length) {
      found.wrong.push(`${path}: ${read.length} read of ${Array.isArray(wire) ? wire.length : 'no list'}`);
      return;
    }
    for (const [at, each] of read.entries()) compare(found, each, wire[at], `${path}[${at}]`);
    return;
  }
  const map = attributesOf(read);
  if (!map) {
    found.compared += 1;
    if (!Object.is(read, wire) && !(read instanceof Date && sameInstant(read, wire)))
      found.wrong.push(`${path}: ${String(read)} read of ${JSON.stringify(wire)}`);
    return;
  }
  const model = (read as object).constructor.name;
  const fields = wire as Record<string, unknown>;
  for (const key of Object.keys(fields))
    if (!map.some(({ baseName }) => baseName === key)) found.dropped.add(`${model}.${key}`);
  for (const { name, baseName, type } of map) {
    const value = (read as Record<string, unknown>)[name];
    const sent = fields[baseName];
    if (value instanceof Date && type === 'string') found.datesInText.add(`${model}.${baseName}`);
    if (['string', 'number', 'boolean'].includes(type) && sent !== undefined && sent !== null) {
      const got: string = typeof sent;
      if (got !== type) found.wrong.push(`${path}.${baseName}: ${got}, typed ${type}`);
    }
    if (value !== undefined || sent !== undefined) compare(found, value, sent, `${path}.${baseName}`);
  }
}

function attributesOf(value: unknown): Attribute[] | null {
  if (typeof value !== 'object' || value === null || value instanceof Date) return null;
  const { getAttributeTypeMap } = value.constructor as { getAttributeTypeMap?: () => Attribute[] };
  return getAttributeTypeMap?.call(value.constructor) ?? null;
}

/** `/Date(ms)/` is its milliseconds; ISO without a zone is read in the zone of this machine (xero-api.md section 9). */
function sameInstant(read: Date, wire: unknown): boolean {
  const ms = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/.exec(String(wire))?.[1];
  return read.getTime() === (ms === undefined ? new Date(String(wire)).getTime() : Number(ms));
}
