/** People and teams: who acts, and for whom. */
import { z } from 'zod';

export const userSchema = z.object({
  v: z.literal(1),
  /** The `sub` claim of the Google account: stable where an address is not. */
  googleSub: z.string(),
  /** Verified by Google, or ''. */
  email: z.string(),
  name: z.string(),
  personalTeamId: z.string(),
  createdAt: z.number(),
  /** Every team that they may be a member of, besides the personal one; a user of before 2026-11-21 has none. */
  teamIds: z.array(z.string()).optional(),
  /** The team that they looked at last; a user of before 2026-11-21 looked at the personal one. */
  currentTeamId: z.string().optional(),
});
export type User = z.infer<typeof userSchema>;

export const roleSchema = z.enum(['owner', 'editor', 'viewer']);
export type Role = z.infer<typeof roleSchema>;

export const memberSchema = z.object({
  userId: z.string(),
  role: roleSchema,
  /** A member of before 2026-11-21 has none. */
  joinedAt: z.number().optional(),
});
export type Member = z.infer<typeof memberSchema>;

export const teamSchema = z.object({
  v: z.literal(1),
  teamId: z.string(),
  name: z.string(),
  members: z.array(memberSchema),
  createdAt: z.number(),
});
export type Team = z.infer<typeof teamSchema>;

/** Its id is the hash of the token that the link holds; the token itself is stored nowhere. */
export const invitationSchema = z.object({
  v: z.literal(1),
  teamId: z.string(),
  /** Lower case: only the Google account with this verified address can accept. */
  email: z.string(),
  role: roleSchema,
  invitedBy: z.string(),
  createdAt: z.number(),
  expiresAt: z.number(),
  acceptedBy: z.string().nullable(),
});
export type Invitation = z.infer<typeof invitationSchema>;

/** Every use-case takes one: the person who asks and the team they ask for. */
export interface Actor {
  userId: string;
  teamId: string;
  role: Role;
  /** The one request of this act: names it in the audit, so that a repeated commit is one entry. */
  operationId?: string;
}

export const sessionSchema = z.object({
  v: z.literal(1),
  teamId: z.string(),
  userId: z.string(),
  /** Of before 2026-11-21; now made from the cookie. */
  csrfToken: z.string().optional(),
  createdAt: z.number(),
  /** The sooner of idle and absolute end; moves on while it is used. */
  expiresAt: z.number(),
});
export type Session = z.infer<typeof sessionSchema>;

const ranks: Readonly<Record<Role, number>> = { viewer: 0, editor: 1, owner: 2 };

/** Whether this role may do what asks for at least that one. */
export const isAtLeast = (role: Role, least: Role): boolean => ranks[role] >= ranks[least];

/** Every team that this person may be a member of; whether they are, the team says. */
export const teamsOf = (user: User): string[] => [
  ...new Set([user.currentTeamId ?? user.personalTeamId, user.personalTeamId, ...(user.teamIds ?? [])]),
];

/** The team's people if this one had the role, or left when it is null; undefined when no owner would be left. */
export function membersAfter(
  members: readonly Member[],
  userId: string,
  role: Role | null,
): Member[] | undefined {
  const after = members.flatMap((member) => {
    if (member.userId !== userId) return [member];
    return role === null ? [] : [{ ...member, role }];
  });
  return after.some((member) => member.role === 'owner') ? after : undefined;
}

/** Addresses are compared without case. */
export const sameAddress = (text: string): string => text.trim().toLowerCase();
