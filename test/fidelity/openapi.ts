/** Xero's published description (OpenAPI), read as a judge of answers and of requests. It is kept beside the project and not in it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import type { HttpRequest } from '../../server/domain/http-message.ts';

const folder =
  process.env['FOLIOKEEP_XERO_OPENAPI'] ?? join(import.meta.dirname, '../../../shared/data/xero-openapi');

/** Whether the files are there; says loudly where they are not. */
export const isOpenApiHere = existsSync(join(folder, 'xero_accounting.yaml'));
if (!isOpenApiHere)
  console.warn(`SKIPPED: no published OpenAPI file in ${folder}; set FOLIOKEEP_XERO_OPENAPI`);

export interface Parameter {
  name: string;
  in: 'query' | 'header' | 'path';
  isRequired: boolean;
  schema: { type?: string; format?: string; enum?: unknown[]; items?: object };
}

export interface Operation {
  /** GET or DELETE: nothing else is asked. */
  method: string;
  /** As in the file: `/Invoices/{InvoiceID}`. */
  path: string;
  operationId: string;
  parameters: Parameter[];
  /** Name of the schema of its 200 answer; null when it is not JSON. */
  schema: string | null;
  /** The example of that answer, where the file has one. */
  example: unknown;
}

interface Described {
  /** What can be read: every GET of the file. */
  operations: Operation[];
  /** What is wrong with an answer of that schema; empty when nothing is. */
  answerFaults(schema: string, value: unknown): string[];
  /** What is wrong with a request under that path prefix, as `operationId: what`. */
  requestFaults(request: HttpRequest, prefix: string): string[];
}

// biome-ignore lint/suspicious/noExplicitAny: the file is anything until it is looked at
type Raw = any;

const read = new Map<string, Described>();

/** One of the published files, read once. */
export function openApi(file: string): Described {
  const described = read.get(file) ?? readFile(file);
  read.set(file, described);
  return described;
}

function readFile(file: string): Described {
  const document: Raw = parse(readFileSync(join(folder, file), 'utf8'));
  const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: false });
  // The package is CommonJS: its function is both the module and its `default`.
  (addFormats as unknown as (ajv: Ajv) => void)(ajv);
  ajv.addFormat('double', true).addFormat('int64', true);
  ajv.addSchema(document, file);
  const compiled = new Map<string, ValidateFunction>();
  const validatorOf = (schema: string): ValidateFunction => {
    const kept = compiled.get(schema) ?? ajv.compile({ $ref: `${file}#/components/schemas/${schema}` });
    compiled.set(schema, kept);
    return kept;
  };
  const follow = (node: Raw): Raw =>
    node?.$ref === undefined
      ? node
      : node.$ref
          .slice(2)
          .split('/')
          .reduce((at: Raw, part: string) => at[part], document);

  const described = Object.entries<Raw>(document.paths).flatMap(([path, item]): Operation[] =>
    (['get', 'delete'] as const).flatMap((verb) => {
      const operation = item[verb];
      if (!operation) return [];
      const content = operation.responses['200']?.content?.['application/json'];
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(follow);
      return [
        {
          method: verb.toUpperCase(),
          path,
          operationId: operation.operationId,
          parameters: parameters.map(({ name, in: place, required, schema }: Raw) => ({
            name,
            in: place,
            isRequired: required === true,
            schema: schema ?? {},
          })),
          schema: content?.schema?.$ref?.split('/').at(-1) ?? null,
          example: content?.example,
        },
      ];
    }),
  );
  const operations = described.filter(({ method }) => method === 'GET');

  return {
    operations,
    answerFaults(schema, value) {
      const validate = validatorOf(schema);
      validate(value);
      const wrong = (validate.errors ?? []).map(
        ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
      );
      return [...wrong, ...unknownFields(follow, { $ref: `#/components/schemas/${schema}` }, value, schema)];
    },
    requestFaults: (request, prefix) => requestFaults(ajv, described, request, prefix),
  };
}

/** Fields that the schema does not name, as `Schema.Field is not in the file`, each once. */
function unknownFields(follow: (node: Raw) => Raw, node: Raw, value: unknown, name: string): string[] {
  const found = new Set<string>();
  const walk = (schema: Raw, at: unknown, where: string): void => {
    const named = schema?.$ref === undefined ? where : String(schema.$ref).split('/').at(-1);
    const whole = follow(schema);
    if (Array.isArray(at)) {
      for (const each of at) walk(whole?.items, each, `${named}[]`);
      return;
    }
    if (typeof at !== 'object' || at === null || !whole?.properties) return;
    for (const [field, inner] of Object.entries(at)) {
      const property = whole.properties[field];
      if (property) walk(property, inner, `${named}.${field}`);
      else found.add(`${named}.${field} is not in the file`);
    }
  };
  walk(node, value, name);
  return [...found];
}

function requestFaults(
  ajv: Ajv,
  operations: readonly Operation[],
  { method, url, headers }: HttpRequest,
  prefix: string,
): string[] {
  const { pathname, searchParams } = new URL(url);
  const path = pathname.slice(prefix.length);
  const operation = operationOf(
    operations.filter((each) => each.method === method),
    path,
  );
  if (!operation) return [`${method} ${path} is not in the file`];
  const said = (what: string) => `${operation.operationId}: ${what}`;
  const found: string[] = [];
  const known = (place: Parameter['in']) => operation.parameters.filter((each) => each.in === place);
  const check = (parameter: Parameter, text: string): void => {
    const value = wireValue(parameter, text);
    const validate = ajv.compile(parameter.schema);
    if (!validate(value)) found.push(said(`${parameter.name}=${text} ${ajv.errorsText(validate.errors)}`));
  };
  for (const [name, text] of searchParams) {
    const parameter = known('query').find((each) => each.name === name);
    if (parameter) check(parameter, text);
    else found.push(said(`the file has no parameter ${name}`));
  }
  for (const parameter of known('query'))
    if (parameter.isRequired && !searchParams.has(parameter.name))
      found.push(said(`${parameter.name} is missing`));
  for (const parameter of known('header')) {
    const text = headers[parameter.name.toLowerCase()];
    if (text !== undefined) check(parameter, text);
    else if (parameter.isRequired) found.push(said(`${parameter.name} is missing`));
  }
  const values = new RegExp(
    `^${operation.path.replace(/\{(\w+)\}/g, (_, name) => `(?<${name}>[^/]+)`)}$`,
    'i',
  ).exec(path)?.groups;
  for (const parameter of known('path')) check(parameter, decodeURIComponent(values?.[parameter.name] ?? ''));
  if (!/^Bearer \S+$/.test(headers['authorization'] ?? '')) found.push(said('it carries no token'));
  if (!/json/.test(headers['accept'] ?? '')) found.push(said('it does not ask for JSON'));
  return found;
}

/** The operation behind a path; one without a placeholder comes before one with, a GUID before a number or name. */
function operationOf(operations: readonly Operation[], path: string): Operation | undefined {
  const fits = operations.filter(({ path: template }) =>
    // Xero's servers take paths in any case, and so does the file of identity.
    new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`, 'i').test(path),
  );
  const isGuid = /\/[0-9a-f]{8}-[0-9a-f-]{27}(\/|$)/i.test(path);
  const rank = ({ path: template, parameters }: Operation) =>
    !template.includes('{')
      ? 0
      : parameters.some(({ in: place, schema }) => place === 'path' && schema.format === 'uuid') === isGuid
        ? 1
        : 2;
  return fits.sort((a, b) => rank(a) - rank(b))[0];
}

/** What a text on the wire stands for under its schema; a list is comma-separated. */
function wireValue({ schema }: Parameter, text: string): unknown {
  switch (schema.type) {
    case 'integer':
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
    case 'boolean':
      return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : text;
    case 'array':
      return text.split(',');
    default:
      return text;
  }
}

/** Where a published file is wrong or behind: what it says of an answer or request, and why that is let pass. */
export interface KnownFault {
  pattern: RegExp;
  reason: string;
}

/** Leaves out what is known, and keeps count of what was met, so that a fault that is gone leaves the list. */
export function knownFaults(list: readonly KnownFault[]) {
  const met = new Set<KnownFault>();
  return {
    without: (faults: readonly string[]): string[] =>
      faults.filter((fault) => {
        const known = list.find(({ pattern }) => pattern.test(fault));
        if (known) met.add(known);
        return known === undefined;
      }),
    neverMet: (): string[] => list.filter((fault) => !met.has(fault)).map(({ pattern }) => String(pattern)),
  };
}
