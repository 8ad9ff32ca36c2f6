/** The audit on the wire: what was done in the team, by whom, newest first; to be read and kept by its owners. */
import { z } from 'zod';
import { route } from './route.ts';

export const auditViewSchema = z
  .object({
    number: z.int(),
    at: z.iso.datetime(),
    /** The person's address, or that they are no longer known. */
    actor: z.string(),
    act: z.string(),
    /** What it was done to, by its present name where it has one. */
    object: z.string(),
    outcome: z.enum(['done', 'refused', 'failed']),
    code: z.string().nullable(),
    details: z.record(z.string(), z.union([z.string(), z.number()])),
  })
  .meta({ id: 'AuditEntry' });
export type AuditView = z.infer<typeof auditViewSchema>;

export const auditRoutes = {
  listAudit: route({
    id: 'listAudit',
    method: 'GET',
    path: '/api/v1/audit',
    summary: 'Privileged acts of the team, newest first.',
    params: null,
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      after: z.string().max(200).optional(),
    }),
    body: null,
    answer: z.object({ entries: z.array(auditViewSchema), next: z.string().nullable() }),
    status: 200,
  }),
  downloadAudit: route({
    id: 'downloadAudit',
    method: 'POST',
    path: '/api/v1/audit/download',
    summary:
      'Entries as they are stored, oldest first, as JSON lines, with their hashes; from a number on, a piece at a time.',
    params: null,
    query: null,
    body: z.strictObject({ from: z.int().min(1).default(1) }),
    answer: z.object({ lines: z.string(), next: z.int().nullable() }),
    status: 200,
  }),
  verifyAudit: route({
    id: 'verifyAudit',
    method: 'POST',
    path: '/api/v1/audit/verify',
    summary: 'Check that no entry was altered, removed or added out of turn.',
    params: null,
    query: null,
    body: null,
    answer: z.object({ isWhole: z.boolean(), entries: z.int(), problem: z.string().nullable() }),
    status: 200,
  }),
} as const;
