/** The index of a generation: which segments make up each resource. A write-once blob; the mirror's document points to the current one. */
import { z } from 'zod';
import { gapSchema } from '../domain/gap.ts';
import { newsSchema } from '../domain/news.ts';
import { FatalError } from '../errors.ts';
import type { MirrorIndex } from './mirror.ts';
import type { SealedBlobs } from './seal.ts';
import type { MirrorParts } from './segment.ts';

export const segmentSchema = z.object({
  resource: z.string(),
  hash: z.string(),
  records: z.int(),
  bytes: z.int(),
});

const indexSchema = z.object({
  v: z.literal(1),
  generation: z.int(),
  resources: z.record(
    z.string(),
    z.object({
      segments: z.array(segmentSchema),
      cursor: z.object({
        modifiedSince: z.string().nullable(),
        lastFullSweepAt: z.number().nullable(),
        sweptBy: z.string().nullable(),
      }),
      count: z.int(),
      gaps: z.array(gapSchema),
      /** An index of before 2026-11-21 has none. */
      news: z.array(newsSchema).optional(),
    }),
  ),
  /** The commits before this one and this one, oldest first, so that a repeated commit finds what it made. */
  commits: z.array(z.object({ generation: z.int(), operationId: z.string(), path: z.string().nullable() })),
});
/** As stored. `commits` ends with the generation itself, whose own path cannot stand inside it. */
export type StoredIndex = z.infer<typeof indexSchema>;

/** How many generations back a repeated commit or a reader of an old generation may look. */
const mostCommits = 50;

export const emptyIndex: StoredIndex = { v: 1, generation: 0, resources: {}, commits: [] };

/** The index that follows `before`, which is stored at `path` ('' for the empty one). */
export function nextIndex(
  before: StoredIndex,
  path: string,
  operationId: string,
  resources: MirrorIndex['resources'],
): StoredIndex {
  const generation = before.generation + 1;
  const earlier = before.commits.map((commit) => (commit.path === null ? { ...commit, path } : commit));
  const commits = [...earlier, { generation, operationId, path: null }].slice(-mostCommits);
  return { v: 1, generation, resources, commits };
}

/** Stores an index; the same one lands at the same address. */
export async function writeIndex(parts: MirrorParts, index: StoredIndex): Promise<string> {
  const json = JSON.stringify(index);
  const path = `mirrors/${parts.id}/index/${index.generation}-${parts.nameOf([json])}.json`;
  await parts.sealed.put(path, Buffer.from(json));
  return path;
}

/** '' is the empty index of a new mirror. FatalError `BLOB_DAMAGED` when it is missing or not one. */
export async function readIndex(sealed: SealedBlobs, path: string): Promise<StoredIndex> {
  if (path === '') return emptyIndex;
  const bytes = await sealed.need(path);
  const parsed = indexSchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  if (!parsed.success) throw new FatalError('BLOB_DAMAGED', { path }, parsed.error);
  return parsed.data;
}

export const publicIndex = ({ generation, resources }: StoredIndex): MirrorIndex => ({
  generation,
  resources,
});
