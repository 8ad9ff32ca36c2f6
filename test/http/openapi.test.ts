/** /openapi.json: OpenAPI 3.1 as tools read it, saying what the contract says and the server does. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Route } from '../../shared/contract/route.ts';
import { type Calls, goodCalls, pathOf, routes, send, thingsOf } from '../support/contract-calls.ts';
import { temporaryFolders } from '../support/folders.ts';
import { amelia, type ServedPerson, servedPerson } from '../support/served-person.ts';
import { type ServedWorld, servedWorld } from '../support/served-world.ts';

interface Content {
  content?: Record<string, { schema: object }>;
}
interface Operation {
  operationId: string;
  summary: string;
  parameters?: Array<{ in: string; name: string; required?: boolean; schema: object }>;
  requestBody?: Content & { required: boolean };
  responses: Record<string, Content & { description: string }>;
}
interface OpenApi {
  openapi: string;
  info: { title: string; version: string };
  servers: Array<{ url: string }>;
  security: Array<Record<string, string[]>>;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; securitySchemes: Record<string, { name?: string }> };
}

const folder = temporaryFolders();
let world: ServedWorld;
let person: ServedPerson;
let good: Calls;
let document: OpenApi;
let ajv: Ajv2020;
beforeAll(async () => {
  world = await servedWorld({ folder: folder() });
  document = (await world.ask('/openapi.json')).json as OpenApi;
  ajv = new Ajv2020({ strict: false, allErrors: true });
  (formats as unknown as { default: (ajv: Ajv2020) => void }).default(ajv);
  ajv.addSchema(document, 'openapi');
  person = await servedPerson(world, amelia);
  good = goodCalls(await thingsOf(person));
});
afterAll(() => world.close());

const operationOf = (route: Route): Operation => {
  const operation = document.paths[route.path]?.[route.method.toLowerCase()];
  if (operation === undefined) throw new Error(`no ${route.method} ${route.path}`);
  return operation;
};
/** Compiled where it stands, so that its references resolve. */
const validatorAt = (...path: string[]) => {
  const pointer = path
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  return ajv.compile({ $ref: `openapi#/${pointer}` });
};
const operationPath = (route: Route): string[] => ['paths', route.path, route.method.toLowerCase()];

describe('the document', () => {
  it('is OpenAPI 3.1 for this server', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.info).toMatchObject({
      title: 'Foliokeep',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    });
    expect(document.servers).toEqual([{ url: world.publicUrl }]);
    const named = Object.keys(document.components.securitySchemes);
    expect(document.security.flatMap((one) => Object.keys(one)).sort()).toEqual(named.sort());
    expect(document.components.securitySchemes['session']?.name).toBe('foliokeep_session');
  });

  it('refers to nothing that is not in it', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
      ([, target]) => target ?? '',
    );
    expect(references.length).toBeGreaterThan(0);
    for (const target of references) {
      expect(target).toMatch(/^#\/components\/schemas\/\w+$/);
      expect(Object.keys(document.components.schemas)).toContain(target.split('/').at(-1));
    }
  });

  it('has every route of the contract and no other', () => {
    const told = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { operationId }]) => `${operationId} ${method} ${path}`),
    );
    expect(told.sort()).toEqual(
      routes.map(({ id, method, path }) => `${id} ${method.toLowerCase()} ${path}`).sort(),
    );
  });
});

/** They end what the others need, or need another person: team.test.ts and deletion.test.ts see their answers. */
const elsewhere: ReadonlySet<string> = new Set([
  'signOut',
  'leaveTeam',
  'switchTeam',
  'viewInvitation',
  'acceptInvitation',
  'undoDeletion',
]);

describe.each(routes)('$id', (route) => {
  it('tells its parameters, body and answers', () => {
    const { parameters = [], requestBody, responses, summary } = operationOf(route);
    expect(summary).toBe(route.summary);
    const names = (place: string) => parameters.filter((one) => one.in === place).map(({ name }) => name);
    expect(names('path')).toEqual([...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    for (const one of parameters.filter((parameter) => parameter.in === 'path'))
      expect(one.required).toBe(true);
    expect(names('query')).toEqual(Object.keys(route.query?.shape ?? {}));
    expect(requestBody === undefined).toBe(route.body === null);
    expect(Object.keys(responses).sort()).toEqual([String(route.status), '4XX', '5XX'].sort());
    expect(Object.keys(responses[String(route.status)]?.content ?? {})).toEqual(
      route.answer === null ? [] : ['application/json'],
    );
    for (const status of ['4XX', '5XX'])
      expect(Object.keys(responses[status]?.content ?? {})).toEqual(['application/problem+json']);
  });

  it('is answered as it tells', async () => {
    if (route.method === 'DELETE' || elsewhere.has(route.id)) return;
    const call = good[route.id];
    const requestBody = operationOf(route).requestBody;
    if (requestBody !== undefined) {
      const isGood = validatorAt(
        ...operationPath(route),
        'requestBody',
        'content',
        'application/json',
        'schema',
      );
      expect(isGood(call.body), JSON.stringify(isGood.errors)).toBe(true);
      expect(isGood({ ...(call.body as object), surprise: 1 })).toBe(false);
      expect(isGood({})).toBe(!requestBody.required);
    }
    const answer = await send(person, route, call);
    expect(answer.status).toBe(route.status);
    if (route.answer === null) return;
    const told = [
      ...operationPath(route),
      'responses',
      String(route.status),
      'content',
      'application/json',
      'schema',
    ];
    const isAsTold = validatorAt(...told);
    expect(isAsTold(answer.json), JSON.stringify(isAsTold.errors)).toBe(true);
  });

  it('refuses as it tells', async () => {
    const answer = await world.ask(pathOf(route, good[route.id]), { method: route.method });
    const told = [
      ...operationPath(route),
      'responses',
      '4XX',
      'content',
      'application/problem+json',
      'schema',
    ];
    const isAsTold = validatorAt(...told);
    expect(isAsTold(answer.json), JSON.stringify(isAsTold.errors)).toBe(true);
  });
});
