/** Who is signed in, on the wire. The add-on sends a Google ID token as Bearer; the web has a session cookie. */
import { z } from 'zod';
import { route } from './route.ts';
import { idSchema } from './run.ts';

export const meSchema = z
  .object({
    userId: idSchema,
    email: z.string(),
    name: z.string(),
    team: z.object({ id: idSchema, name: z.string(), role: z.enum(['owner', 'editor', 'viewer']) }),
    /** Sent back as `x-foliokeep-csrf` with every change made under a cookie; '' under a Bearer token. */
    csrfToken: z.string(),
    /** Whether this person's Google grant can write to sheets while they are away. */
    google: z.enum(['ready', 'needs-consent']),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof meSchema>;

export const personRoutes = {
  getMe: route({
    id: 'getMe',
    method: 'GET',
    path: '/api/v1/me',
    summary: 'The person who asks, and the team they ask for.',
    params: null,
    query: null,
    body: null,
    answer: meSchema,
    status: 200,
  }),
  signOut: route({
    id: 'signOut',
    method: 'POST',
    path: '/api/v1/sign-out',
    summary: 'End this session.',
    params: null,
    query: null,
    body: null,
    answer: null,
    status: 204,
  }),
} as const;
