/** `/connections`: which organisations a user has connected (xero-api.md 1.3, 2026-11-20). */
import { type Answer, jsonAnswer, notFound } from '../accounting/refusal.ts';
import type { Grant } from './grants.ts';
import type { OAuthWorld } from './oauth-world.ts';

/** A bare array; `authEventId` narrows it to what one consent picked. */
export function connectionsAnswer(world: OAuthWorld, grant: Grant, query: URLSearchParams): Answer {
  const event = query.get('authEventId');
  return jsonAnswer(
    200,
    world.grants
      .connections(grant)
      .filter(({ authEventId }) => event === null || authEventId === event)
      .map((connection) => ({
        id: connection.id,
        authEventId: connection.authEventId,
        tenantId: connection.tenantId,
        tenantType: 'ORGANISATION',
        tenantName: world.companies.find(({ tenantId }) => tenantId === connection.tenantId)?.profile.name,
        createdDateUtc: dateTime(connection.createdAt),
        updatedDateUtc: dateTime(connection.updatedAt),
      })),
  );
}

/** Takes the connection's id, not the organisation's. 204. */
export function disconnectAnswer(world: OAuthWorld, grant: Grant, id: string): Answer {
  if (world.grants.disconnect((connection) => connection.grant === grant && connection.id === id) === 0) {
    throw notFound();
  }
  return { status: 204, contentType: 'application/json', body: '' };
}

/** .NET's seven decimals, no zone, as `/connections` answers. */
const dateTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, -1)}0000`;
