/** One route of the API as data: what the server parses, what clients send, and what /openapi.json says. */
import type { z } from 'zod';

export interface Route {
  id: string;
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Under the server's origin; parameters as `{name}`. */
  path: string;
  summary: string;
  params: z.ZodObject | null;
  query: z.ZodObject | null;
  body: z.ZodObject | null;
  /** Null: 204, nothing to say. */
  answer: z.ZodType | null;
  status: 200 | 201 | 202 | 204;
}

type Part<T> = T extends z.ZodType ? z.infer<T> : Record<string, never>;
type Sent<T> = T extends z.ZodType ? z.input<T> : Record<string, never>;

/** What a handler gets: parsed, fully required. */
export interface RouteInput<R extends Route> {
  params: Part<R['params']>;
  query: Part<R['query']>;
  body: Part<R['body']>;
}
/** What a client sends; defaults may be left out. */
export type RouteCall<R extends Route> = (R['params'] extends null ? object : { params: Sent<R['params']> }) &
  (R['query'] extends null ? object : { query?: Sent<R['query']> }) &
  (R['body'] extends null ? object : { body: Sent<R['body']> });
/** A route without an answer has nothing to say. */
// biome-ignore lint/suspicious/noConfusingVoidType: such a handler returns nothing, as its use-case does.
export type RouteAnswer<R extends Route> = R['answer'] extends z.ZodType ? z.infer<R['answer']> : void;

/** Keeps the literal types of a route while checking its shape. */
export const route = <const R extends Route>(definition: R): R => definition;
