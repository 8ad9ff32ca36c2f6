/** People and teams: who acts, and for whom. */
import { z } from 'zod';

export const userSchema = z.object({
  v: z.literal(1),
  /** The `sub` claim of the Google account: stable where an address is not. */
  googleSub: z.string(),
  email: z.string(),
  name: z.string(),
  personalTeamId: z.string(),
  createdAt: z.number(),
});
export type User = z.infer<typeof userSchema>;

export const roleSchema = z.enum(['owner', 'editor', 'viewer']);
export type Role = z.infer<typeof roleSchema>;

export const teamSchema = z.object({
  v: z.literal(1),
  teamId: z.string(),
  name: z.string(),
  members: z.array(z.object({ userId: z.string(), role: roleSchema })),
  createdAt: z.number(),
});
export type Team = z.infer<typeof teamSchema>;

/** Every use-case takes one: the person who asks and the team they ask for. */
export interface Actor {
  userId: string;
  teamId: string;
  role: Role;
}

export const sessionSchema = z.object({
  v: z.literal(1),
  teamId: z.string(),
  userId: z.string(),
  csrfToken: z.string(),
  createdAt: z.number(),
  expiresAt: z.number(),
});
export type Session = z.infer<typeof sessionSchema>;
