/** What a Xero consent picked becomes the team's connections; a reconnect must have picked what it was for. */
import type { Consent } from '../domain/grant.ts';
import { missingOf } from '../domain/scopes.ts';
import { attachOrganisations } from '../engine/access/attach-organisations.ts';
import { describeOrganisation } from '../engine/access/describe-organisation.ts';
import { mustBeKept } from '../engine/access/kept-data.ts';
import { storeGrant } from '../engine/access/store-grant.ts';
import { FoliokeepError, UserError } from '../errors.ts';
import type { Ports, TokenSet, Xero } from '../ports.ts';
import { isUsedElsewhere } from './shared-connection.ts';

export interface ConnectedOrganisation {
  id: string;
  organisationId: string;
  name: string;
  /** Not allowed, in plain words: the rest works. */
  missing: string[];
}

type Needs = Pick<Ports, 'store' | 'clock' | 'random' | 'ids' | 'keys' | 'log' | 'xero' | 'xeroReader'>;
type Listed = Awaited<ReturnType<Xero['connections']>>;

/** Read at once for this many; the others when connections are next checked. */
const describedAtOnce = 5;

/** UserError `CONSENT_WRONG_ORGANISATION` and `DELETION_DUE` before anything is stored; `CONSENT_DENIED` when nothing was picked. */
export async function connectOrganisations(
  ports: Needs,
  { purpose, expected, userId, usedBy }: Consent,
  owner: { teamId: string; person: NonNullable<TokenSet['person']> },
  tokens: TokenSet,
): Promise<{ grantId: string; connections: ConnectedOrganisation[] }> {
  const listed = await ports.xero.connections(tokens.accessToken);
  const reachable = listed.filter(({ type }) => type === 'ORGANISATION');
  // One consent may add to earlier ones; its event says what was picked this time (xero-api.md section 1.3).
  const picked = reachable.filter(
    ({ consentEventId }) => tokens.consentEventId === undefined || consentEventId === tokens.consentEventId,
  );
  if (picked.length === 0) throw new UserError('CONSENT_DENIED');
  if (purpose === 'reconnect') await mustHavePicked(ports, expected ?? '', owner.teamId, picked, tokens);

  for (const { organisationId } of picked)
    await mustBeKept(ports.store, { teamId: owner.teamId, organisationId });
  const by =
    userId === null || usedBy === null
      ? {}
      : {
          by: {
            userId,
            operationId: usedBy,
            act: purpose === 'reconnect' ? ('reconnect' as const) : ('connect' as const),
          },
        };
  const grantId = await storeGrant(ports, { ...owner, ...by, provider: 'xero' }, tokens);
  if (grantId === undefined) throw new UserError('CREDENTIAL_REFUSED');
  const grant = { teamId: owner.teamId, grantId, ...by };
  const ids = await attachOrganisations(ports, grant, picked, reachable);
  await Promise.all(ids.slice(0, describedAtOnce).map((id) => describe(ports, id)));
  const missing = missingOf(tokens.scopes);
  const connections: ConnectedOrganisation[] = [];
  for (const id of ids) {
    const connection = (await ports.store.get('connections', id))?.data;
    if (connection === undefined) continue;
    const { organisationId, name } = connection;
    connections.push({ id, organisationId, name, missing });
  }
  return { grantId, connections };
}

async function mustHavePicked(
  ports: Needs,
  connectionId: string,
  teamId: string,
  picked: Listed,
  tokens: TokenSet,
): Promise<void> {
  const wanted = (await ports.store.get('connections', connectionId))?.data;
  if (wanted === undefined || wanted.teamId !== teamId)
    throw new UserError('NOT_FOUND', { what: 'connection' });
  if (picked.some(({ organisationId }) => organisationId === wanted.organisationId)) return;
  for (const one of picked) await takeBack(ports, one, tokens.accessToken);
  const chosen = picked.map(({ name }) => name).join(', ');
  throw new UserError('CONSENT_WRONG_ORGANISATION', { chosen, wanted: wanted.name });
}

/** What was picked by mistake counts against the plan at Xero: removed there, unless somebody here reads through it. */
async function takeBack(ports: Needs, one: Listed[number], accessToken: string): Promise<void> {
  if (await isUsedElsewhere(ports, { organisationId: one.organisationId })) return;
  await quietly(ports, 'a connection picked by mistake was left at Xero', () =>
    ports.xero.disconnect(accessToken, one.connectionId),
  );
}

/** The connection stands without it. */
const describe = (ports: Needs, id: string): Promise<void> =>
  quietly(ports, 'an organisation could not be read right after its consent', () =>
    describeOrganisation(ports, id, 'manual'),
  );

async function quietly(ports: Needs, message: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof FoliokeepError)) throw error;
    ports.log.warn(message, { code: error.code });
  }
}
