/** Opens the mirror of one team's organisation, and makes it on first use. */
import type { MirrorDocument } from '../domain/mirror-pointer.ts';
import { mirrorIdOf } from '../domain/mirror-pointer.ts';
import { UserError } from '../errors.ts';
import type { Ports, Stored } from '../ports.ts';
import { commit } from './commit.ts';
import { publicIndex, type StoredIndex } from './index-blob.ts';
import { currentIndex, indexAt } from './index-pointer.ts';
import type { Mirror } from './mirror.ts';
import type { QueryEngine } from './query.ts';
import { readIds, readRecord, readRows } from './read-records.ts';
import { sealedBlobs } from './seal.ts';
import { contentName, type MirrorParts, writeSegment } from './segment.ts';

export type MirrorPorts = Pick<Ports, 'store' | 'blobs' | 'keys' | 'random' | 'clock'> & {
  query: QueryEngine;
};

/** Names whose key it is: a key wrapped for one mirror opens no other. */
export const keyContext = (mirrorId: string): string => `mirror ${mirrorId}`;

/**
 * The mirror's document and data key are made on first use; of several that open it at once one makes them. The connection
 * given is its puller from then on; an existing mirror keeps the one it has.
 */
export async function openMirror(
  ports: MirrorPorts,
  ref: { teamId: string; organisationId: string; pullerConnectionId: string },
): Promise<Mirror> {
  const id = mirrorIdOf(ref.teamId, ref.organisationId);
  const document = (await ports.store.get('mirrors', id)) ?? (await createDocument(ports, id, ref));
  const parts = await mirrorParts(ports, id, document.data);
  const current = () => currentIndex(ports.store, parts);
  const segmentsOf = ({ index }: { index: StoredIndex }, resource: string) =>
    index.resources[resource]?.segments ?? [];
  return {
    id,
    async index() {
      return publicIndex((await current()).index);
    },
    writeSegment: (resource, records, fetchedAt) => writeSegment(parts, resource, records, fetchedAt),
    async *ids(resource, pending) {
      yield* readIds(parts, resource, [...segmentsOf(await current(), resource), ...pending]);
    },
    async commit(input) {
      return commit(ports.store, parts, input);
    },
    async *rows(request, generation) {
      const { index } = await current();
      yield* readRows(parts, publicIndex(await indexAt(parts, index, generation)), request);
    },
    async record(resource, recordId) {
      return readRecord(parts, resource, recordId, segmentsOf(await current(), resource));
    },
  };
}

/** What works on a mirror outside its port too: snapshots, compaction, garbage, checks. */
export async function mirrorParts(
  { blobs, keys, random, query }: Pick<MirrorPorts, 'blobs' | 'keys' | 'random' | 'query'>,
  id: string,
  document: MirrorDocument,
): Promise<MirrorParts> {
  const key = await keys.unwrap(document.wrappedKey, keyContext(id));
  return {
    id,
    blobs,
    query,
    sealed: sealedBlobs(blobs, key, random),
    nameOf: (lines) => contentName(key, lines),
  };
}

/** `mirrorParts` of a mirror that exists; UserError `NOT_FOUND` when it does not. */
export async function partsOf(
  ports: Pick<MirrorPorts, 'store' | 'blobs' | 'keys' | 'random' | 'query'>,
  id: string,
): Promise<MirrorParts> {
  const stored = await ports.store.get('mirrors', id);
  if (stored === undefined) throw new UserError('NOT_FOUND', { what: 'mirror' });
  return mirrorParts(ports, id, stored.data);
}

async function createDocument(
  { store, keys, random, clock }: MirrorPorts,
  id: string,
  ref: { teamId: string; organisationId: string; pullerConnectionId: string },
): Promise<Stored<'mirrors'>> {
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
    // Somebody else made it in the meantime: theirs counts.
    if (stored === undefined) throw error;
    return stored;
  }
}
