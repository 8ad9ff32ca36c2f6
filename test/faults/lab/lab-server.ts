/** One server of the lab: life after life of the real engine and its real steps over gated ports. */
import { readConfig } from '../../../server/config.ts';
import { datasetById } from '../../../server/datasets/index.ts';
import { rowsOf } from '../../../server/datasets/rows-of.ts';
import { endDeadCalls } from '../../../server/engine/access/end-dead-calls.ts';
import { takeGoogleTurn } from '../../../server/engine/access/google-quota.ts';
import { renewIdleGrants } from '../../../server/engine/access/renew-idle-grants.ts';
import { handleTask } from '../../../server/engine/handle-task.ts';
import type { EngineOptions } from '../../../server/engine/options.ts';
import { resumeRuns } from '../../../server/engine/resume-runs.ts';
import { sharedLock } from '../../../server/engine/shared-lock.ts';
import { startDueSlots } from '../../../server/engine/start-due-slots.ts';
import type { StepKind } from '../../../server/engine/step.ts';
import { publishStep } from '../../../server/engine/steps/publish/publish-step.ts';
import { pullStep } from '../../../server/engine/steps/pull/pull-step.ts';
import { tick } from '../../../server/engine/tick.ts';
import { settleSlots } from '../../../server/engine/upkeep/settle-slots.ts';
import { FoliokeepError } from '../../../server/errors.ts';
import type { Mirror } from '../../../server/mirror/mirror.ts';
import type { Clock, Log, Ports, Task } from '../../../server/ports.ts';
import { planRun } from '../../../server/use-cases/plan-run.ts';
import { wirePorts } from '../../../server/wire-ports.ts';
import { seededIds, seededRandom } from '../../support/seeded-random.ts';
import { choresOf } from './extra-chores.ts';
import { googleOrigin, labNetwork, type Wire, xeroOrigin } from './lab-network.ts';
import { takerOf } from './lab-post.ts';
import { labStore } from './lab-store.ts';
import { hasSkipped, type LabWorld } from './lab-world.ts';
import { type Gates, gatesOf, type Life, newLife } from './life.ts';
import { isFairTo } from './plan.ts';
import { withStructureGuard } from './structure-guard.ts';
import { watchedStep } from './watched-step.ts';

export interface LabServer {
  life(): Life;
  ports(): Ports;
  /** Does it on this server as it is now: how it ended. An error that is no error of ours is a violation. */
  attempt(what: string, act: (ports: Ports) => Promise<unknown>): Promise<'done' | 'failed' | 'gone'>;
  handle(task: Task): Promise<'done' | 'failed' | 'gone'>;
  /** Ends this life, and the server with it. */
  stop(): void;
  isUp(): boolean;
}

export const labConfig = readConfig({
  FOLIOKEEP_PUBLIC_URL: 'http://localhost:8080',
  XERO_CLIENT_ID: 'F0110C33AB5A4D0B8E1F5A4DB0C5A9D2',
  XERO_CLIENT_SECRET: 'sandbox-secret-that-opens-nothing-real',
  XERO_LOGIN_URL: xeroOrigin,
  XERO_IDENTITY_URL: xeroOrigin,
  XERO_API_URL: xeroOrigin,
  GOOGLE_CLIENT_ID: '480061117302-foliokeepweb.apps.googleusercontent.com',
  GOOGLE_CLIENT_SECRET: 'GOCSPX-sandbox-foliokeep-web',
  GOOGLE_AUTH_URL: `${googleOrigin}/o/oauth2/v2/auth`,
  GOOGLE_TOKEN_URL: `${googleOrigin}/token`,
  GOOGLE_REVOKE_URL: `${googleOrigin}/revoke`,
  GOOGLE_CERTS_URL: `${googleOrigin}/oauth2/v3/certs`,
  GOOGLE_SHEETS_URL: googleOrigin,
  GOOGLE_DRIVE_URL: googleOrigin,
});

export function labServer(world: LabWorld, number: number, wire: Wire, options: EngineOptions): LabServer {
  const { scheduler, watch, plan, dice } = world;
  let lives = 0;
  let life = newLife(`s${number}.0`, scheduler);
  let ports: Ports;
  let take: (task: Task) => Promise<void>;
  let lock = sharedLock();
  let isUp = false;
  let isStopped = false;

  const boot = (): void => {
    life = newLife(`s${number}.${lives}`, scheduler);
    lives += 1;
    const { habits } = plan;
    life.skewMs = plan.isCalm() ? 0 : dice.one([0, habits.skewMs, -habits.skewMs]);
    const gates = gatesOf(life, scheduler, plan, watch);
    ports = portsOf(world, life, gates, wire);
    const own = ports;
    const steps = stepsOf(world, life, gates, own);
    take = takerOf(own, (task) => handleTask(own, steps, task, { options, lock }));
    lock = sharedLock();
    isUp = true;
    const mine = life;
    void mine.gone.then(() => down(mine));
    if (world.isAlone)
      void server.attempt('resume', async (own) => {
        await endDeadCalls(own);
        await resumeRuns(own, options);
      });
    void ticking(mine);
  };
  const down = async (dead: Life): Promise<void> => {
    if (life !== dead || isStopped) return;
    isUp = false;
    await scheduler.sleepUntil(scheduler.now() + dice.between(500, 60_000));
    while ((world.standstills?.awayUntil() ?? 0) > scheduler.now())
      await scheduler.sleepUntil(scheduler.now() + 60_000);
    if (!isStopped) boot();
  };
  /** Every minute; in long waits only when there may be something to do. */
  const ticking = async (mine: Life): Promise<void> => {
    const chores = choresOf(world, mine, ports);
    while (!mine.isDead()) {
      if (habitsStep() && !plan.isCalm()) mine.skewMs += dice.one([-1, 1]) * plan.habits.skewMs;
      await server.attempt('start what is due', (own) =>
        startDueSlots(own, { plan: planRun, engine: options }),
      );
      await server.attempt('tick', async (own) => {
        const { reissued } = await tick(own, options);
        if (reissued > 0 && isFairTo(plan.habits) && watch.disturbances() === 0 && !hasSkipped(world))
          watch.violate('I9', `${reissued} tasks were given anew, though none was lost`);
      });
      const settle = settleSlots(ports);
      await server.attempt('settle slots', () => settle());
      await server.attempt('renew', (own) => renewIdleGrants(own));
      for (const [what, chore] of chores) await server.attempt(what, chore);
      await scheduler.sleepUntil(world.nextTickAt(), mine);
    }
  };
  const habitsStep = (): boolean => plan.habits.steps > 0 && dice.next() < plan.habits.steps;

  const server: LabServer = {
    life: () => life,
    ports: () => ports,
    isUp: () => isUp && !life.isDead(),
    async attempt(what, act) {
      const mine = life;
      return Promise.race([
        act(ports).then(
          () => 'done' as const,
          (error: unknown) => {
            judge(what, error);
            return 'failed' as const;
          },
        ),
        mine.gone,
      ]);
    },
    handle: (task) => server.attempt('task', () => take(task)),
    stop() {
      isStopped = true;
      isUp = false;
      life.kill();
    },
  };
  /** Whatever comes out of the engine is an error of ours, or several of them. */
  function judge(what: string, error: unknown): void {
    const all = error instanceof AggregateError ? error.errors : [error];
    for (const one of all)
      if (!(one instanceof FoliokeepError))
        watch.violate('bug', `${what}: ${one instanceof Error ? (one.stack ?? one.message) : String(one)}`);
    watch.said(String(error));
  }
  boot();
  return server;
}

function portsOf(world: LabWorld, life: Life, gates: Gates, wire: Wire): Ports {
  const { scheduler, plan, dice, watch, outages } = world;
  const guarded = world.extras.sheetEdits > 0 ? withStructureGuard(world, wire) : wire;
  const posted = world.post?.wire(guarded) ?? guarded;
  const inner = labStore(world.store, { life, scheduler, plan, dice, watch });
  const clock: Clock = {
    now: () => scheduler.now() + life.skewMs,
    sleep: (ms, signal) => scheduler.sleepUntil(scheduler.now() + Math.max(ms, 0), life, signal),
  };
  const seed = dice.below(2 ** 31);
  const home = {
    clock,
    random: seededRandom(seed),
    ids: seededIds(clock, seed),
    log: watchedLog(watch),
    network: labNetwork(outages?.wire(posted) ?? posted, { life, scheduler, plan, dice }),
    store: outages?.store(inner, life) ?? inner,
    queue: { enqueue: world.queue.enqueue },
    blobs: world.blobs,
    keys: world.keys,
    mail: world.post?.mail(life) ?? { send: async () => undefined },
    ...(world.post === undefined ? {} : { outside: world.post.outside(life) }),
    tasks: { consume: () => ({ stop: async () => undefined }) },
    query: world.query as never,
  };
  return wirePorts(home, labConfig, (port, name) => gates.wrap(port, name));
}

function stepsOf(world: LabWorld, life: Life, gates: Gates, ports: Ports): StepKind[] {
  const mirrors = new Map<Mirror, Pick<Mirror, 'index' | 'writeSegment' | 'commit' | 'record'>>();
  const openMirror = async (ref: Parameters<LabWorld['openMirror']>[0]): Promise<Mirror> => {
    const mirror = await world.openMirror(ref, ports);
    const { index, writeSegment, commit, record } = mirror;
    const gated = mirrors.get(mirror) ?? gates.wrap({ index, writeSegment, commit, record }, 'mirror');
    mirrors.set(mirror, gated);
    // Iterators are no promises: they pass as they are.
    return { ...gated, id: mirror.id, ids: mirror.ids, rows: mirror.rows };
  };
  const { watch } = world;
  return [
    pullStep({ ...ports, openMirror }, { gatherMs: 200 }),
    publishStep(
      {
        ...ports,
        lineUp: (tx, grantId, ask) => takeGoogleTurn(tx, grantId, ask),
        wantedRows: async (exporter, context) => {
          const { teamId, organisationId, connectionId } = exporter;
          const mirror = await openMirror({ teamId, organisationId, pullerConnectionId: connectionId });
          return rowsOf(mirror, datasetById(exporter.dataset), {
            params: exporter.params,
            columns: exporter.columns,
            filters: exporter.filters,
            at: context.requestedAt,
          });
        },
      },
      world.publishOptions,
    ),
  ].map((step) => watchedStep(step, life, watch));
}

function watchedLog(watch: LabWorld['watch']): Log {
  const at =
    (level: string) =>
    (message: string, fields: Record<string, unknown> = {}) => {
      watch.said(`${level} ${message} ${JSON.stringify(fields)}`);
      if (level === 'error' && /^A bug|cannot be read and is dropped/.test(message))
        watch.violate('bug', `${message} ${JSON.stringify(fields)}`);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
