/**
 * Published limits are never knowingly exceeded (I8): who was told by a 429 when to come back comes back then, and nothing is
 * reserved while the store says so. Judged in every seed, by what the caller could know: its own answers and its own clock.
 */
import type { Budget } from '../../../server/domain/budget.ts';
import type { HttpRequest, HttpResponse } from '../../../server/domain/http-message.ts';
import { xeroOrigin } from './lab-network.ts';
import { hasSkipped, type LabWorld } from './lab-world.ts';
import type { Life } from './life.ts';

export interface LimitGuards {
  /** A server hands this to the network. */
  begins(request: HttpRequest, life: Life): void;
  /** Its answer has come to the server. */
  comes(request: HttpRequest, response: HttpResponse, life: Life): void;
}

interface Told {
  at: number;
  until: number;
  life: Life;
  /** How much had gone wrong by then: what failed, died or stood still since may have forgotten. */
  disturbances: number;
}

/** Calls that had their permit when the answer came are on their way by then. */
const onItsWayMs = 3_000;
/** The scope of a limit over all organisations. */
const theApp = 'app';
/** Seconds are rounded, and clocks of servers that count from their own answer begin a little later. */
const roundedMs = 1_500;
/** A wait that is named beyond this is taken for shorter by design (F16). */
const longestAsked = 90_000;

export function limitGuards(world: LabWorld): LimitGuards {
  const { watch, scheduler, plan } = world;
  const told = new Map<string, Told>();
  const budgets = new Map<string, Budget>();
  const stepsMay = (): boolean => plan.habits.steps > 0;
  const clockOf = (life: Pick<Life, 'skewMs'>): number => scheduler.now() + life.skewMs;

  watch.onStored((by, collection, id, data) => {
    if (collection !== 'budgets' || !('reservations' in (data as object))) return;
    const [before, budget] = [budgets.get(id), data as Budget];
    budgets.set(id, budget);
    const known = new Set(before?.reservations.map((one) => one.id));
    const isNew = budget.reservations.some((one) => !known.has(one.id));
    // The commit comes after the decision: a block that holds at the commit held when it was decided.
    if (before === undefined || !isNew || stepsMay() || !('skewMs' in by)) return;
    const left = before.blockedUntil - clockOf(by as Life);
    if (before.blockedBy !== 'none' && left > 0)
      watch.violate('I8', `calls were reserved ${left} ms before the end of a block of ${id}`);
  });

  const judge = (scope: string, life: Life): void => {
    const known = told.get(scope);
    if (known === undefined || known.disturbances < watch.disturbances() || stepsMay()) return;
    const now = scheduler.now();
    // Another server learns it from the store, by a clock that may be ahead; one that stood still may have had its permit.
    const mayNotKnow = known.life !== life && (plan.habits.skewMs > 0 || life.frozenUntil() > known.at);
    if (!mayNotKnow && now > known.at + onItsWayMs && now < known.until - roundedMs)
      watch.violate('I8', `a call ${known.until - now} ms before the time that a 429 had named`);
  };

  return {
    begins(request, life) {
      const organisation = request.headers['xero-tenant-id'];
      if (organisation === undefined || !request.url.startsWith(xeroOrigin)) return;
      judge(organisation, life);
      judge(theApp, life);
    },
    comes(request, { status, headers }, life) {
      const scope = request.headers['xero-tenant-id'];
      if (status !== 429 || scope === undefined || !request.url.startsWith(xeroOrigin)) return;
      const [asked, problem] = [Number(headers['retry-after']), headers['x-rate-limit-problem'] ?? ''];
      if (hasSkipped(world))
        watch.violate('I8', `a 429 (${problem}) in a calm world, whose limits nobody else uses`);
      if (!/minute|day/i.test(problem) || /app/i.test(problem) || !(asked > 0 && asked < longestAsked))
        return;
      const at = scheduler.now();
      told.set(scope, { at, until: at + asked * 1000, life, disturbances: watch.disturbances() });
    },
  };
}
