/** What was asked of the sandbox: calls, bytes and refusals per organisation, and token refreshes. */
import type { LimitKind } from './limits.ts';

export interface OrganisationTally {
  calls: number;
  callsByPath: Record<string, number>;
  /** Bytes of bodies as sent, compressed where they were. */
  bytes: number;
  refused: Partial<Record<LimitKind, number>>;
}

export interface Tally {
  of(tenantId: string): OrganisationTally;
  /** Token endpoint outcomes: 'authorization_code', 'refresh_token', 'refresh_token reused', 'invalid_grant', ... */
  tokens: Record<string, number>;
  countToken(outcome: string): void;
}

export function tally(): Tally {
  const perOrganisation = new Map<string, OrganisationTally>();
  const tokens: Record<string, number> = {};
  return {
    of(tenantId) {
      let found = perOrganisation.get(tenantId);
      if (!found) {
        found = { calls: 0, callsByPath: {}, bytes: 0, refused: {} };
        perOrganisation.set(tenantId, found);
      }
      return found;
    },
    tokens,
    countToken(outcome) {
      tokens[outcome] = (tokens[outcome] ?? 0) + 1;
    },
  };
}

/** Paths with the id left out, so that a count stays a count: 'Invoices/{id}'. */
export const pathName = (routeName: string): string =>
  routeName.replace(/^(?!Reports\/|Organisation\/)(\w+)\/.+$/, '$1/{id}');
