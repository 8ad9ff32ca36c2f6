import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mirrorIdOf } from '../../server/domain/mirror-pointer.ts';
import type { Actor } from '../../server/domain/team.ts';
import { listConnections } from '../../server/use-cases/connections.ts';
import {
  deleteOrganisationData,
  previewDeletion,
  undoDeletion,
} from '../../server/use-cases/delete-organisation-data.ts';
import { disconnect } from '../../server/use-cases/disconnect.ts';
import { previewRows } from '../../server/use-cases/preview.ts';
import { type ConsentWorld, consentWorld } from '../support/consent-world.ts';
import { memoryBlobs } from '../support/memory-blobs.ts';

const dayMs = 24 * 3_600_000;
let world: ConsentWorld;
let actor: Actor;
let connectionId: string;
beforeEach(async () => {
  world = consentWorld();
  actor = await world.actor();
  const outcome = await world.connect(actor);
  connectionId = outcome.kind === 'connected' ? (outcome.connections[0]?.id ?? '') : '';
});
afterEach(() => world.close());

const organisation = () => world.xero.organisations[0] ?? { tenantId: '', name: '' };
const ask = (who = actor, name = organisation().name) =>
  deleteOrganisationData(world.ports, who, { connectionId, name });
const deletion = async () =>
  (await world.ports.store.get('deletions', mirrorIdOf(actor.teamId, organisation().tenantId)))?.data;

describe('deleting an organisation’s data', () => {
  test('is due in thirty days, once it is disconnected', async () => {
    await expect(ask()).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { field: 'connectionId' } });
    await disconnect(world.ports, actor, { connectionId });
    const { dueAt } = await ask();
    expect(Date.parse(dueAt)).toBe(world.clock.now() + 30 * dayMs);
    expect(await deletion()).toMatchObject({ status: 'due', name: organisation().name });
    const { connections } = await listConnections(world.ports, actor);
    expect(connections).toMatchObject([{ status: 'deletion-due', deletion: { dueAt, canUndo: true } }]);
    expect(await world.ports.store.get('budgets', organisation().tenantId)).toBeDefined();
  });

  test('asked for again keeps its day', async () => {
    await disconnect(world.ports, actor, { connectionId });
    const first = await ask();
    await world.clock.advance(3 * dayMs);
    expect(await ask()).toEqual(first);
  });

  test('wants its name, an owner, and a connection of the team', async () => {
    await disconnect(world.ports, actor, { connectionId });
    await expect(ask(actor, 'something')).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { field: 'name' },
    });
    await expect(ask({ ...actor, role: 'editor' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(ask(await world.actor('109'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await deletion()).toBeUndefined();
  });

  test('says beforehand by name what goes and what stays', async () => {
    const ports = { ...world.ports, blobs: memoryBlobs() };
    const preview = await previewDeletion(ports, actor, { connectionId });
    expect(preview).toMatchObject({ name: organisation().name, exporters: [], files: 0, snapshots: 0 });
    expect(preview.keeps.join(' ')).toContain('Every tab in your spreadsheets stays');
    expect(await deletion()).toBeUndefined();
  });

  test('is undone without a trace but in the audit, and only until its day', async () => {
    await expect(undoDeletion(world.ports, actor, { connectionId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await disconnect(world.ports, actor, { connectionId });
    await ask();
    await expect(
      undoDeletion(world.ports, { ...actor, role: 'editor' }, { connectionId }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await undoDeletion(world.ports, actor, { connectionId });
    expect(await deletion()).toBeUndefined();
    expect((await listConnections(world.ports, actor)).connections[0]?.status).toBe('disconnected');
    const acts = await world.ports.store.query('audit', { limit: 100 });
    expect(acts.map(({ data }) => data.act)).toEqual(
      expect.arrayContaining(['delete-data', 'undo-deletion']),
    );
  });

  test('nothing of it is shown or connected until it is undone', async () => {
    await disconnect(world.ports, actor, { connectionId });
    await ask();
    const open = { ...world.ports, openMirror: () => Promise.reject(new Error('opened')) };
    const choice = { dataset: 'contacts', params: {}, columns: null, filters: [], connectionId, limit: 5 };
    await expect(previewRows(open, actor, choice)).rejects.toMatchObject({ code: 'DELETION_DUE' });
    await expect(world.connect(actor)).rejects.toMatchObject({
      code: 'DELETION_DUE',
      details: { organisation: organisation().name },
    });
    await undoDeletion(world.ports, actor, { connectionId });
    expect((await world.connect(actor)).kind).toBe('connected');
  });
});
