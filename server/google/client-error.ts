/** What a rejection of Google's clients says (gaxios 8.3, read 2026-11-20), and nothing of what it carries. */
import { z } from 'zod';
import { FoliokeepError } from '../errors.ts';
import type { GoogleRefusal } from './google-answer.ts';

/** A GaxiosError: it holds the whole request in `config`, token and cells included, so it never leaves this file. */
const clientErrorSchema = z.object({
  config: z.object({}),
  cause: z.unknown(),
  response: z.object({ status: z.number(), data: z.unknown() }).optional(),
});

const bodySchema = z.object({
  error: z.object({
    message: z.string().catch(''),
    status: z.string().optional().catch(undefined),
    errors: z.array(z.object({ reason: z.string().optional().catch(undefined) })).catch([]),
  }),
});

const NO_ANSWER: GoogleRefusal = { status: 0, message: '', reasons: [] };

/** Throws what is no refusal: our own errors but NETWORK, whose outcome is unknown, and bugs, each without the client's wrapping. */
export function refusalOf(error: unknown): GoogleRefusal {
  const parsed = clientErrorSchema.safeParse(error);
  if (!parsed.success) throw error;
  const { response, cause } = parsed.data;
  if (response) return answered(response.status, response.data);
  const root = rootOf(cause);
  if (root === undefined) return NO_ANSWER;
  if (root instanceof FoliokeepError && root.code === 'NETWORK') return NO_ANSWER;
  throw root;
}

function answered(status: number, data: unknown): GoogleRefusal {
  const body = bodySchema.safeParse(data);
  if (!body.success) return { status, message: '', reasons: [] };
  const { message, status: name, errors } = body.data.error;
  const reasons = [name, ...errors.map(({ reason }) => reason)];
  return { status, message, reasons: reasons.filter((reason) => reason !== undefined) };
}

/** gaxios wraps what our fetch threw, once or twice. */
function rootOf(cause: unknown): unknown {
  if (!(cause instanceof Error)) return undefined;
  return 'config' in cause ? rootOf(cause.cause) : cause;
}
