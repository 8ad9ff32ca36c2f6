/** The OpenAPI document, made from the same routes that the server binds. */
import { createDocument } from 'zod-openapi';
import { api } from '../../shared/contract/api.ts';
import { problemSchema } from '../../shared/contract/problem.ts';
import type { Route } from '../../shared/contract/route.ts';
import { about } from '../../shared/labels.ts';

const problem = { 'application/problem+json': { schema: problemSchema } };

/** OpenAPI 3.1. */
export function openApiDocument(publicUrl: string, sessionCookie: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of Object.values(api) as Route[]) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: { title: about.name, version: about.version, description: about.sentence },
    servers: [{ url: publicUrl }],
    security: [{ idToken: [] }, { session: [] }],
    components: {
      securitySchemes: {
        idToken: {
          type: 'http',
          scheme: 'bearer',
          description: 'A Google ID token, as the add-on sends it.',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: sessionCookie,
          description: 'The web session. Changes also need its CSRF token as x-foliokeep-csrf.',
        },
      },
    },
    paths,
  });
}

function operationOf(route: Route): object {
  const parameters = {
    ...(route.params === null ? {} : { path: route.params }),
    ...(route.query === null ? {} : { query: route.query }),
  };
  return {
    operationId: route.id,
    summary: route.summary,
    ...(Object.keys(parameters).length === 0 ? {} : { requestParams: parameters }),
    ...(route.body === null
      ? {}
      : {
          requestBody: {
            required: !route.body.safeParse({}).success,
            content: { 'application/json': { schema: route.body } },
          },
        }),
    responses: {
      [route.status]: {
        description: route.summary,
        ...(route.answer === null ? {} : { content: { 'application/json': { schema: route.answer } } }),
      },
      '4XX': { description: 'Not possible as asked; `detail` says what to do.', content: problem },
      '5XX': { description: 'Not possible now, or a fault of ours.', content: problem },
    },
  };
}
