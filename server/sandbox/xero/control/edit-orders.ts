/**
 * Edits between two pages: "after the k-th list call of this organisation, do this to its books". They happen at once after
 * that call was answered and before any other is looked at, so that one sweep sees the books move, the same way each time.
 */
import { z } from 'zod';
import type { World } from '../http/world.ts';
import { action, organisation } from './action.ts';
import { BOOK_ACTIONS } from './book-actions.ts';
import { companyNamed } from './find.ts';
import { ControlError } from './refuse.ts';

const names = Object.keys(BOOK_ACTIONS) as [keyof typeof BOOK_ACTIONS, ...(keyof typeof BOOK_ACTIONS)[]];

/** One change action with its input at once; its organisation is the order's where left out. */
const edit = z.looseObject({ action: z.enum([...names, 'advanceClock']) });

export const EDIT_ORDER_ACTIONS = {
  /**
   * `{afterCalls: 3, path: '/Invoices', edits: [{action: 'void', resource: 'invoices', id}, {action: 'advanceClock', ms: 1000}]}`.
   * Only lists that were answered with 200 count, from this order on; `path` is found anywhere in the path with its query.
   * An edit that the books refuse by then is noted and passed over; the others happen.
   */
  editAfterCalls: action(
    z.strictObject({
      organisation,
      afterCalls: z.int().positive(),
      path: z.string().default(''),
      edits: z.array(edit).min(1),
    }),
    (world, input) => {
      const { tenantId } = companyNamed(world.companies, input.organisation);
      const steps = input.edits.map((each, at) => stepOf(world, tenantId, each, `edits.${at}`));
      world.callOrders.add({
        tenantId,
        path: input.path,
        left: input.afterCalls,
        run() {
          for (const step of steps) world.editsMade.push({ tenantId, ...step() });
        },
      });
      return { pending: world.callOrders.pending() };
    },
  ),
  /** What the orders came to so far, in the order in which it happened. */
  editsMade: action(z.strictObject({}), (world) => ({
    pending: world.callOrders.pending(),
    edits: world.editsMade.map((each) => ({ ...each })),
  })),
  /** Forgets the orders not yet due, and what the others did. */
  clearEdits: action(z.strictObject({}), (world) => {
    world.callOrders.clear();
    world.editsMade.length = 0;
    return { pending: 0 };
  }),
} as const;

/** Input that does not fit is refused when it is ordered, not when it is due. */
function stepOf(world: World, tenantId: string, given: z.output<typeof edit>, field: string) {
  const { action: name, ...rest } = given;
  const { schema, run } = name === 'advanceClock' ? ADVANCE : BOOK_ACTIONS[name];
  const parsed = schema.safeParse(name === 'advanceClock' ? rest : { organisation: tenantId, ...rest });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ControlError([field, ...(issue?.path ?? [])].join('.'), issue?.message ?? 'not valid');
  }
  return () => {
    const before = { action: name, at: world.clock.now() };
    try {
      return { ...before, result: (run as (world: World, input: unknown) => unknown)(world, parsed.data) };
    } catch (error) {
      if (!(error instanceof ControlError)) throw error;
      return { ...before, refused: error.message };
    }
  };
}

const ADVANCE = action(z.strictObject({ ms: z.int().nonnegative() }), (world, { ms }) => {
  world.clock.advance(ms);
  return { now: world.clock.now() };
});
