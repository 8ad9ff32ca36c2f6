/** A team's people on the wire: who they are, what they may do, invitations, and the teams of one person. */
import { z } from 'zod';
import { nameSchema } from './exporter.ts';
import { route } from './route.ts';
import { idSchema } from './run.ts';

export const roleSchema = z.enum(['owner', 'editor', 'viewer']);
export type Role = z.infer<typeof roleSchema>;

export const memberViewSchema = z
  .object({
    userId: idSchema,
    name: z.string(),
    email: z.string(),
    role: roleSchema,
    isYou: z.boolean(),
    /** Null: not known. */
    joinedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Member' });
export type MemberView = z.infer<typeof memberViewSchema>;

export const invitationViewSchema = z
  .object({
    id: idSchema,
    email: z.string(),
    role: roleSchema,
    invitedBy: z.string(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Invitation' });
export type InvitationView = z.infer<typeof invitationViewSchema>;

export const teamViewSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    members: z.array(memberViewSchema),
    /** Open ones; shown to owners only. */
    invitations: z.array(invitationViewSchema),
  })
  .meta({ id: 'Team' });
export type TeamView = z.infer<typeof teamViewSchema>;

export const departureSchema = z
  .object({
    name: z.string(),
    /** Names of exporters whose tab they write: each needs somebody else to take it over. */
    exporters: z.array(z.string()),
    /** Names of organisations that are read with their consent: each needs another one. */
    organisations: z.array(z.string()),
  })
  .meta({ id: 'Departure' });
export type Departure = z.infer<typeof departureSchema>;

/** 256 bits, base64url. */
const tokenSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'is not an invitation');
const offerSchema = z
  .object({ team: z.string(), role: roleSchema, invitedBy: z.string(), expiresAt: z.iso.datetime() })
  .meta({ id: 'Offer' });
export type Offer = z.infer<typeof offerSchema>;

const memberParams = z.strictObject({ userId: idSchema });

export const teamRoutes = {
  getTeam: route({
    id: 'getTeam',
    method: 'GET',
    path: '/api/v1/team',
    summary: 'The team that you ask for, with its people.',
    params: null,
    query: null,
    body: null,
    answer: teamViewSchema,
    status: 200,
  }),
  renameTeam: route({
    id: 'renameTeam',
    method: 'PATCH',
    path: '/api/v1/team',
    summary: 'Name the team.',
    params: null,
    query: null,
    body: z.strictObject({ name: nameSchema(120) }),
    answer: teamViewSchema,
    status: 200,
  }),
  inviteMember: route({
    id: 'inviteMember',
    method: 'POST',
    path: '/api/v1/team/invitations',
    summary:
      'Invite somebody by address. The link works once, for seven days, for that Google account alone.',
    params: null,
    query: null,
    body: z.strictObject({
      email: z
        .string()
        .trim()
        .max(254)
        .regex(/^[^\s@<>"',;:\\()[\]\p{Cc}\p{Cs}]+@[^\s@<>"',;:\\()[\]\p{Cc}\p{Cs}]+$/u, 'is not an address'),
      role: roleSchema,
    }),
    answer: z.object({
      invitation: invitationViewSchema,
      /** Shown now and never again. */
      link: z.url(),
      /** False: it could not be sent by mail; hand the link over. */
      isMailed: z.boolean(),
    }),
    status: 201,
  }),
  revokeInvitation: route({
    id: 'revokeInvitation',
    method: 'DELETE',
    path: '/api/v1/team/invitations/{invitationId}',
    summary: 'Withdraw an invitation. Its link works no more.',
    params: z.strictObject({ invitationId: idSchema }),
    query: null,
    body: null,
    answer: null,
    status: 204,
  }),
  viewInvitation: route({
    id: 'viewInvitation',
    method: 'POST',
    path: '/api/v1/invitations/view',
    summary: 'What an invitation offers, to the account that it is for.',
    params: null,
    query: null,
    body: z.strictObject({ token: tokenSchema }),
    answer: offerSchema,
    status: 200,
  }),
  acceptInvitation: route({
    id: 'acceptInvitation',
    method: 'POST',
    path: '/api/v1/invitations/accept',
    summary: 'Join the team of an invitation and look at it.',
    params: null,
    query: null,
    body: z.strictObject({ token: tokenSchema }),
    answer: null,
    status: 204,
  }),
  changeRole: route({
    id: 'changeRole',
    method: 'PATCH',
    path: '/api/v1/team/members/{userId}',
    summary: 'Change what a member may do, from their next request on. The last owner stays one.',
    params: memberParams,
    query: null,
    body: z.strictObject({ role: roleSchema }),
    answer: teamViewSchema,
    status: 200,
  }),
  previewDeparture: route({
    id: 'previewDeparture',
    method: 'GET',
    path: '/api/v1/team/members/{userId}/departure',
    summary: 'What would stop with this member until somebody else takes it over.',
    params: memberParams,
    query: null,
    body: null,
    answer: departureSchema,
    status: 200,
  }),
  removeMember: route({
    id: 'removeMember',
    method: 'DELETE',
    path: '/api/v1/team/members/{userId}',
    summary:
      'Remove a member. Their sessions and their consents in this team end at once; the last owner stays.',
    params: memberParams,
    query: null,
    body: null,
    answer: null,
    status: 204,
  }),
  leaveTeam: route({
    id: 'leaveTeam',
    method: 'POST',
    path: '/api/v1/team/leave',
    summary: 'Leave the team. The last owner stays.',
    params: null,
    query: null,
    body: null,
    answer: null,
    status: 204,
  }),
  takeOver: route({
    id: 'takeOver',
    method: 'POST',
    path: '/api/v1/team/take-over',
    summary:
      'Write the tabs of a spreadsheet with your own Google access from now on, once it reaches the file.',
    params: null,
    query: null,
    body: z.strictObject({
      spreadsheetId: z.string().regex(/^[A-Za-z0-9_-]{10,100}$/, 'is not a spreadsheet id'),
    }),
    answer: z.object({ exporters: z.array(z.string()) }),
    status: 200,
  }),
  listTeams: route({
    id: 'listTeams',
    method: 'GET',
    path: '/api/v1/teams',
    summary: 'The teams that you are a member of.',
    params: null,
    query: null,
    body: null,
    answer: z.object({
      teams: z.array(z.object({ id: idSchema, name: z.string(), role: roleSchema, isCurrent: z.boolean() })),
    }),
    status: 200,
  }),
  switchTeam: route({
    id: 'switchTeam',
    method: 'POST',
    path: '/api/v1/teams/{teamId}/switch',
    summary: 'Ask for another of your teams from now on.',
    params: z.strictObject({ teamId: idSchema }),
    query: null,
    body: null,
    answer: null,
    status: 204,
  }),
} as const;
