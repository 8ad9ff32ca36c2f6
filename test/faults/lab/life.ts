/** One life of a server process in the lab: it may die or stand still at any point, and every port of it passes the gate. */
import { FoliokeepError, RetryError } from '../../../server/errors.ts';
import { wrapMethods } from '../../../server/wrappers/wrap-methods.ts';
import { effectUnderWay } from './effect-guards.ts';
import type { FaultPlan, LabAct } from './plan.ts';
import type { Being, Scheduler } from './scheduler.ts';
import type { Watch } from './watch.ts';

export interface Life extends Being {
  /** `s0.2`: the third life of the first server. */
  name: string;
  /** What this machine's clock shows beyond the world's. */
  skewMs: number;
  /** The kind of step under way, for the table of crash points. */
  kind: string;
  kill(): void;
  freeze(ms: number): void;
  thaw(): void;
  /** Resolves when it dies: nobody hears of it any more. */
  gone: Promise<'gone'>;
}

export function newLife(name: string, scheduler: Scheduler): Life {
  const leaving = Promise.withResolvers<'gone'>();
  let isDead = false;
  let frozenUntil = 0;
  return {
    name,
    skewMs: 0,
    kind: 'engine',
    gone: leaving.promise,
    isDead: () => isDead,
    frozenUntil: () => frozenUntil,
    kill() {
      isDead = true;
      leaving.resolve('gone');
    },
    freeze(ms) {
      frozenUntil = Math.max(frozenUntil, scheduler.now() + ms);
    },
    thaw() {
      frozenUntil = 0;
    },
  };
}

/** What several calls at once wait for together. */
const shared = new Set(['googleTokens', 'googleQuota']);

export interface Gates {
  wrap<P extends object>(port: P, name: string): P;
}

/** Ports with work of their own beneath the call, on other threads perhaps. */
const deep = new Set(['xero', 'xeroOAuth', 'googleOAuth', 'sheets', 'drive', 'identity', 'realMirror']);

export function gatesOf(life: Life, scheduler: Scheduler, plan: FaultPlan, watch: Watch): Gates {
  /** Whether the call goes on; never resolves for the dead. */
  const obey = async (act: LabAct, label: string, when: 'before' | 'after'): Promise<void> => {
    if (act.kind !== 'pass') watch.event(`${life.name} ${act.kind} ${when} ${label}`);
    switch (act.kind) {
      case 'pass':
      case 'twice':
        return;
      case 'fail':
        watch.disturbed();
        throw label.startsWith('network.')
          ? new RetryError('NETWORK', { problem: 'injected' })
          : new RetryError('INJECTED_FAULT', { label, when });
      case 'kill':
        watch.killed(life, label, when);
        life.kill();
        return scheduler.never();
      case 'freeze':
        watch.disturbed();
        life.freeze(act.ms);
        return scheduler.park(life);
    }
  };
  const call = async (label: string, name: string, make: () => Promise<unknown>): Promise<unknown> => {
    await scheduler.park(life);
    const { kind } = life;
    watch.point(life, label);
    const before = plan.at({ label, when: 'before', kind });
    await obey(before, label, 'before');
    const labelled = name === 'network' ? make : () => effectUnderWay.run(label, make);
    const act = deep.has(name)
      ? () => scheduler.busy(labelled)
      : shared.has(name)
        ? () => scheduler.apart(labelled)
        : labelled;
    try {
      if (before.kind === 'twice') await act();
      const answer = await act();
      if (life.isDead()) return scheduler.never();
      watch.event(`${life.name} ${label}`);
      await obey(plan.at({ label, when: 'after', kind }), label, 'after');
      return answer;
    } catch (error) {
      if (life.isDead()) return scheduler.never();
      watch.event(`${life.name} ${label} ${error instanceof FoliokeepError ? error.code : 'threw'}`);
      throw error;
    }
  };
  return {
    wrap(port, name) {
      watch.port(name, port);
      return wrapMethods(port, ({ method, make }) => call(`${name}.${method}`, name, make));
    },
  };
}
