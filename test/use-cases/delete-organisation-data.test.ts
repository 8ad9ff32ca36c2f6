import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../server/domain/team.ts';
import { deleteOrganisationData } from '../../server/use-cases/delete-organisation-data.ts';
import { disconnect } from '../../server/use-cases/disconnect.ts';
import { type ConsentWorld, consentWorld } from '../support/consent-world.ts';

let world: ConsentWorld;
let actor: Actor;
let connectionId: string;
const erased: string[] = [];
beforeEach(async () => {
  world = consentWorld();
  actor = await world.actor();
  const outcome = await world.connect(actor);
  connectionId = outcome.kind === 'connected' ? (outcome.connections[0]?.id ?? '') : '';
  erased.length = 0;
});
afterEach(() => world.close());

const organisation = () => world.xero.organisations[0] ?? { tenantId: '', name: '' };
const erase = (who = actor, name = organisation().name) => {
  const eraseMirror = async (mirrorId: string) => {
    erased.push(mirrorId);
  };
  return deleteOrganisationData({ store: world.ports.store, eraseMirror }, who, { connectionId, name });
};

describe('deleting an organisation’s data', () => {
  test('erases the mirror of this team alone, once it is disconnected', async () => {
    await expect(erase()).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { field: 'connectionId' },
    });
    await disconnect(world.ports, actor, { connectionId });
    await erase();
    expect(erased).toEqual([`${actor.teamId}.${organisation().tenantId}`]);
    expect(await world.ports.store.get('budgets', organisation().tenantId)).toBeDefined();
  });

  test('wants its name, an owner, and a connection of the team', async () => {
    await disconnect(world.ports, actor, { connectionId });
    await expect(erase(actor, 'something')).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { field: 'name' },
    });
    await expect(erase({ ...actor, role: 'editor' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(erase(await world.actor('109'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(erased).toEqual([]);
  });
});
