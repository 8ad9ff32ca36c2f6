/** Letting an exporter's schedule rest, and going on with it. */
import type { ExporterView } from '../../shared/contract/exporter.ts';
import { pause, resume } from '../domain/exporter-slots.ts';
import type { Actor } from '../domain/team.ts';
import { UserError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { viewOfExporter } from './exporter-view.ts';
import { mustEdit, ownExporter } from './own.ts';

type Needs = Pick<Ports, 'store' | 'clock'>;

/** A run under way goes on; people can still run it by hand. Paused already: nothing happens. */
export async function pauseExporter(ports: Needs, actor: Actor, id: string): Promise<ExporterView> {
  mustEdit(actor);
  const now = ports.clock.now();
  const stored = await ports.store.transaction(async (tx) => {
    const { data } = await ownExporter(tx, actor, id);
    const paused = pause(data, now);
    if (paused !== data) tx.set('exporters', id, paused);
    return { id, data: paused };
  });
  return viewOfExporter(ports.store, stored, now);
}

/**
 * From the next slot on. An exporter that needed its person makes up for the slots it missed, with one run. Active already:
 * nothing happens. UserError `NEEDS_RECONNECT` while its connection cannot be read.
 */
export async function resumeExporter(ports: Needs, actor: Actor, id: string): Promise<ExporterView> {
  mustEdit(actor);
  const now = ports.clock.now();
  const stored = await ports.store.transaction(async (tx) => {
    const { data } = await ownExporter(tx, actor, id);
    const connection = await tx.get('connections', data.connectionId);
    if (connection?.data.status !== 'active')
      throw new UserError('NEEDS_RECONNECT', { organisation: connection?.data.name ?? 'The organisation' });
    const resumed = resume(data, now);
    if (resumed !== data) tx.set('exporters', id, resumed);
    return { id, data: resumed };
  });
  return viewOfExporter(ports.store, stored, now);
}
