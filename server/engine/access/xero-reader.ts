/** Reading Xero as a connection: its grant's token, its organisation's budget, and a second look before access is called lost. */
import type { Connection } from '../../domain/grant.ts';
import { RetryError, UserError, WaitError } from '../../errors.ts';
import type { Ports, XeroAnswer, XeroReader, XeroRequest } from '../../ports.ts';
import { type GrantPorts, type GrantTokens, grantTokens } from './access-token.ts';
import { type CallBudget, type CallBudgetOptions, callBudget } from './call-budget.ts';
import { endConnection } from './end-access.ts';

export type XeroReaderPorts = GrantPorts & Pick<Ports, 'xero'>;
type Priority = Parameters<XeroReader['read']>[2];

/** Two teams of one organisation share its budget and nothing else. */
export function xeroReader(ports: XeroReaderPorts, options: CallBudgetOptions = {}): XeroReader {
  const reading: Reading = { ports, tokens: grantTokens(ports), budget: callBudget(ports, options) };
  return {
    async read(connectionId, request, priority) {
      const connection = (await ports.store.get('connections', connectionId))?.data;
      if (connection === undefined) throw new UserError('NOT_FOUND', { what: 'connection' });
      try {
        if (connection.status !== 'active') throw new UserError('NEEDS_RECONNECT');
        return await readAs(reading, connectionId, connection, request, priority);
      } catch (error) {
        throw named(error, connection.name);
      }
    },
  };
}

interface Reading {
  ports: XeroReaderPorts;
  tokens: GrantTokens;
  budget: CallBudget;
}

async function readAs(
  { ports, tokens, budget }: Reading,
  connectionId: string,
  connection: Connection,
  request: XeroRequest,
  priority: Priority,
): Promise<XeroAnswer> {
  const { organisationId, grantId } = connection;
  const call = (accessToken: string, wanted = request) =>
    budget.spend(organisationId, priority, async (note, count) => {
      const answer = await ports.xero.read({ accessToken, organisationId }, wanted, note);
      count(answer.wireBytes);
      return answer;
    });
  const token = await tokens.accessToken(grantId);
  try {
    return await call(token);
  } catch (error) {
    if (!isAboutAccess(error)) throw error;
  }

  // 401, or the 403 of an organisation that may be gone: once more with another token.
  const renewed = await tokens.renewed(grantId, token);
  try {
    return await call(renewed);
  } catch (error) {
    if (!isAboutAccess(error)) throw error;
  }

  // Still. Removed inside Xero, or only this endpoint is closed to this user: the list of connections may lag behind, so a
  // light read decides (xero-api.md 1.3, reliability-security.md F32).
  const listed = await ports.xero.connections(renewed);
  const isListed = listed.some((one) => one.organisationId === organisationId);
  if (isListed && request.path !== probe.path) {
    try {
      await call(renewed, probe);
      throw new UserError('XERO_PERMISSION', { what: request.path.replace(/^Reports\//, '') });
    } catch (error) {
      if (!isAboutAccess(error)) throw error;
    }
  }
  if (await endConnection(ports, connectionId, connection)) throw new UserError('NEEDS_RECONNECT');
  throw new RetryError('TOKEN_EXPIRED');
}

const probe: XeroRequest = { path: 'Organisation', query: {} };

const isAboutAccess = (error: unknown): boolean =>
  (error instanceof RetryError && error.code === 'TOKEN_EXPIRED') ||
  (error instanceof UserError && error.code === 'NEEDS_RECONNECT');

/** The organisation by name, for the person who reads it. */
function named(error: unknown, organisation: string): unknown {
  if (error instanceof UserError)
    return new UserError(error.code, { access: 'access to it', ...error.details, organisation }, error);
  if (error instanceof WaitError && error.code === 'ORGANISATION_OFFLINE') {
    return new WaitError(error.code, error.untilAt, { ...error.details, organisation }, error);
  }
  return error;
}
