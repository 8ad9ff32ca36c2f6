/** The sandbox's own controls: as typed functions in process, and as `POST /sandbox/control` and `GET /sandbox/state` over HTTP. */
import type { z } from 'zod';
import { type Answer, jsonAnswer } from '../accounting/refusal.ts';
import type { ControlHandler } from '../http/handle.ts';
import type { World } from '../http/world.ts';
import { ACTIONS } from './actions.ts';
import { readState, type SandboxState } from './read-state.ts';
import { ControlError } from './refuse.ts';

type Actions = typeof ACTIONS;
export type ActionName = keyof Actions;

/** One function per action. Input that does not fit throws a `ControlError` or a `ZodError`, with nothing changed. */
export type XeroControl = {
  [Name in ActionName]: (input: z.input<Actions[Name]['schema']>) => ReturnType<Actions[Name]['run']>;
} & { state(): SandboxState };

export function controlOf(world: World): XeroControl {
  const functions = Object.entries(ACTIONS).map(([name, { schema, run }]) => [
    name,
    (input: unknown) => (run as (world: World, input: unknown) => unknown)(world, schema.parse(input)),
  ]);
  return { ...Object.fromEntries(functions), state: () => readState(world) } as XeroControl;
}

/** `{action: "change", ...input}`; a 400 names the field that is wrong. Null for requests that are not for the control. */
export function controlHandler(world: World): ControlHandler {
  return (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/sandbox/state') {
      return request.method === 'GET'
        ? jsonAnswer(200, readState(world))
        : jsonAnswer(405, { error: 'GET only' });
    }
    if (pathname !== '/sandbox/control') return null;
    if (request.method !== 'POST') return jsonAnswer(405, { error: 'POST only' });
    return controlAnswer(world, Buffer.from(request.body ?? '').toString());
  };
}

function controlAnswer(world: World, text: string): Answer {
  const refuse = (field: string, message: string) => jsonAnswer(400, { error: message, field });
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    return refuse('', `not JSON: ${(error as Error).message}`);
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return refuse('', 'a JSON object is expected');
  const { action, ...input } = body as Record<string, unknown>;
  if (typeof action !== 'string' || !Object.hasOwn(ACTIONS, action)) {
    return refuse('action', `one of ${Object.keys(ACTIONS).join(', ')}`);
  }
  const { schema, run } = ACTIONS[action as ActionName];
  const parsed = schema.safeParse(input);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const unknownKey = issue?.code === 'unrecognized_keys' ? issue.keys : [];
    return refuse([...(issue?.path ?? []), ...unknownKey].join('.'), issue?.message ?? 'not valid');
  }
  try {
    return jsonAnswer(200, (run as (world: World, input: unknown) => unknown)(world, parsed.data));
  } catch (error) {
    if (error instanceof ControlError) return refuse(error.field, error.message);
    throw error;
  }
}
