/** Every collection of the Store: its schema, and the fields that queries may use. */

import type { z } from 'zod';
import { allowanceSchema } from './allowance.ts';
import { auditEntrySchema, auditHeadSchema } from './audit.ts';
import { budgetSchema } from './budget.ts';
import { channelSchema, personNoticesSchema } from './channel.ts';
import { deletionSchema, receiptSchema } from './deletion.ts';
import { deliverySchema } from './delivery.ts';
import { exporterSchema } from './exporter.ts';
import { gatheringSchema } from './gathering.ts';
import { connectionSchema, consentSchema, grantSchema } from './grant.ts';
import { leaseSchema } from './lease.ts';
import { mirrorSchema, pullSchema } from './mirror-pointer.ts';
import { noticeSchema } from './notice.ts';
import { runSchema } from './run.ts';
import { snapshotSchema } from './snapshot.ts';
import { invitationSchema, sessionSchema, teamSchema, userSchema } from './team.ts';

export const collections = {
  users: { schema: userSchema, fields: ['googleSub'] },
  teams: { schema: teamSchema, fields: [] },
  /** Id: SHA-256 of the token in the link. */
  invitations: { schema: invitationSchema, fields: ['teamId', 'expiresAt'] },
  /** Id: SHA-256 of the cookie. */
  sessions: { schema: sessionSchema, fields: ['userId', 'expiresAt'] },
  /** Id: SHA-256 of the state parameter. */
  consents: { schema: consentSchema, fields: ['expiresAt'] },
  grants: {
    schema: grantSchema,
    fields: ['teamId', 'provider', 'subject', 'status', 'refreshedAt', 'endsAt', 'refreshOwedAt'],
  },
  connections: {
    schema: connectionSchema,
    fields: ['teamId', 'grantId', 'organisationId', 'status', 'checkAt'],
  },
  exporters: {
    schema: exporterSchema,
    fields: ['teamId', 'connectionId', 'organisationId', 'status', 'createdAt', 'nextDueAt'],
  },
  runs: {
    schema: runSchema,
    fields: ['teamId', 'exporterId', 'status', 'requestedAt', 'dueAt', 'leaseUntil', 'deadlineAt'],
  },
  /** Id: `gatheringId(team, spreadsheet, grant)`. */
  gatherings: { schema: gatheringSchema, fields: ['teamId'] },
  /** Id: what is leased, e.g. `grant:…`, `spreadsheet:…`. */
  leases: { schema: leaseSchema, fields: [] },
  /** Id: what happened to whom, so that it is told once. */
  notices: {
    schema: noticeSchema,
    fields: ['teamId', 'createdAt', 'status', 'dueAt', 'checkAt', 'forgetAt'],
  },
  /** Id: recipient and what is told, so that it is made once. */
  deliveries: { schema: deliverySchema, fields: ['teamId', 'status', 'createdAt', 'dueAt', 'forgetAt'] },
  channels: { schema: channelSchema, fields: ['teamId', 'wantsDone'] },
  /** Id: `personNoticesId(team, person)`. */
  personNotices: { schema: personNoticesSchema, fields: ['teamId', 'userId', 'digestAt'] },
  /** Id: the organisation; shared by all teams. */
  budgets: { schema: budgetSchema, fields: [] },
  /** Id: a share of the app's limit at Xero, or a limit of Google's; shared by all teams. */
  allowances: { schema: allowanceSchema, fields: [] },
  /** Id: `mirrorIdOf(team, organisation)`. */
  mirrors: { schema: mirrorSchema, fields: ['teamId', 'organisationId', 'tidiedAt'] },
  /** Id: `<mirror>.<generation>`. */
  snapshots: { schema: snapshotSchema, fields: ['teamId', 'mirrorId', 'takenAt'] },
  /** Id: the mirror, while its data is to be deleted. */
  deletions: { schema: deletionSchema, fields: ['teamId', 'dueAt'] },
  receipts: { schema: receiptSchema, fields: ['teamId', 'erasedAt'] },
  /** Id: `auditIdOf(team, number)`. */
  audit: { schema: auditEntrySchema, fields: ['teamId', 'number'] },
  /** Id: the team. */
  auditHeads: { schema: auditHeadSchema, fields: [] },
  /** Id: the mirror. */
  pulls: { schema: pullSchema, fields: ['teamId'] },
} as const satisfies Record<string, { schema: z.ZodType; fields: readonly string[] }>;

export type Collection = keyof typeof collections;
export type Document<C extends Collection> = z.infer<(typeof collections)[C]['schema']>;
/** A field of a collection that a query may filter or order by; declared, so that Firestore's indexes can be too. */
export type QueryField<C extends Collection> = (typeof collections)[C]['fields'][number];
