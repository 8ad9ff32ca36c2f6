/** A mirror of the lab that leaves in the store and among the blobs what a real one leaves there, so that it can be erased. */
import { mirrorIdOf } from '../../../server/domain/mirror-pointer.ts';
import { UserError } from '../../../server/errors.ts';
import type { Mirror } from '../../../server/mirror/mirror.ts';
import { keyContext } from '../../../server/mirror/open-mirror.ts';
import { segmentPath } from '../../../server/mirror/segment.ts';
import type { Ports } from '../../../server/ports.ts';
import { type LabMirror, labMirror, textOf } from './lab-mirror.ts';
import type { LabWorld } from './lab-world.ts';

type Ref = Parameters<LabWorld['openMirror']>[0];
type Needs = Pick<Ports, 'store' | 'blobs' | 'keys' | 'random' | 'clock'>;

/** By its wrapped key: what comes after an erasure is another mirror. */
export const keptMirrors = (world: LabWorld): ((ref: Ref, ports: Needs) => Promise<Mirror>) => {
  const byKey = new Map<string, LabMirror>();
  return async (ref, ports) => {
    const { teamId, organisationId } = ref;
    const id = mirrorIdOf(teamId, organisationId);
    const stored = (await ports.store.get('mirrors', id)) ?? (await made(ports, id, ref));
    const { wrappedKey } = stored.data;
    await ports.keys.unwrap(wrappedKey, keyContext(id));
    const mirror = byKey.get(wrappedKey) ?? labMirror(id, world.watch);
    byKey.set(wrappedKey, mirror);
    world.mirrors.set(`${teamId} ${organisationId}`, mirror);
    const mustStand = async (): Promise<void> => {
      const present = (await ports.store.get('mirrors', id))?.data.wrappedKey;
      if (present !== wrappedKey) throw new UserError('NOT_FOUND', { what: 'mirror' });
    };
    return {
      ...mirror,
      async index() {
        await mustStand();
        return mirror.index();
      },
      async writeSegment(resource, records, fetchedAt) {
        const ref = await mirror.writeSegment(resource, records, fetchedAt);
        const text = records.map(({ raw }) => textOf(raw)).join('\n');
        await ports.blobs.put(segmentPath(id, ref), Buffer.from(text));
        return ref;
      },
      async commit(input) {
        await mustStand();
        const index = await mirror.commit(input);
        await ports.store.transaction(async (tx) => {
          const present = (await tx.get('mirrors', id))?.data;
          if (present?.wrappedKey !== wrappedKey) throw new UserError('NOT_FOUND', { what: 'mirror' });
          tx.set('mirrors', id, { ...present, generation: index.generation });
        });
        return index;
      },
    };
  };
};

async function made({ store, keys, random, clock }: Needs, id: string, ref: Ref) {
  const wrappedKey = await keys.wrap(random.bytes(32), keyContext(id));
  try {
    const tidiedAt = clock.now();
    return await store.create('mirrors', id, {
      v: 1,
      ...ref,
      wrappedKey,
      generation: 0,
      indexPath: '',
      tidiedAt,
    });
  } catch (error) {
    const stored = await store.get('mirrors', id);
    if (stored === undefined) throw error;
    return stored;
  }
}
