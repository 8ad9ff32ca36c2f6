/** A small world for notices: a store in memory, virtual time, a queue of tasks, and mail and channels that only keep what they get. */
import { channelContext, type ExporterNotices, usualWishes } from '../../../server/domain/channel.ts';
import type { HttpRequest } from '../../../server/domain/http-message.ts';
import { hasEnded, type Run } from '../../../server/domain/run.ts';
import { sqliteStore } from '../../../server/embedded/sqlite-store.ts';
import { moveRun } from '../../../server/engine/move-run.ts';
import { postRound } from '../../../server/engine/notices/post-round.ts';
import type { MailMessage, Ports, Task } from '../../../server/ports.ts';
import { sealText } from '../../../server/wrappers/seal-text.ts';
import { withSchemas } from '../../../server/wrappers/with-schemas.ts';
import { openKeys } from '../../support/access-world.ts';
import { runDocument } from '../../support/documents.ts';
import { exporterDocument } from '../../support/exporter-document.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { seededIds, seededRandom } from '../../support/seeded-random.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

export const publicUrl = 'https://books.example';
export const never = new AbortController().signal;

type PostPorts = Pick<
  Ports,
  'store' | 'queue' | 'clock' | 'ids' | 'log' | 'keys' | 'random' | 'mail' | 'network' | 'outside'
>;

export async function postWorld() {
  const clock = virtualClock();
  const store = withSchemas(sqliteStore(':memory:'));
  const random = seededRandom();
  const log = recordingLog();
  const tasks: Task[] = [];
  const sent: MailMessage[] = [];
  const posted: HttpRequest[] = [];
  /** What the next calls do instead of taking what they get. */
  const says: { mail: (() => void) | undefined; status: number } = { mail: undefined, status: 204 };
  const answer = async (request: HttpRequest) => {
    posted.push(request);
    return { status: says.status, headers: {}, body: new Uint8Array() };
  };
  const ports: PostPorts = {
    clock,
    store,
    random,
    ids: seededIds(clock),
    log,
    keys: openKeys,
    queue: { enqueue: async (task) => void tasks.push(task) },
    mail: {
      async send(message) {
        says.mail?.();
        sent.push(message);
      },
    },
    network: { request: answer },
    outside: { request: answer },
  };
  const people = ['amelia', 'ben', 'vera'];
  for (const userId of people)
    await store.create('users', userId, {
      v: 1,
      googleSub: userId,
      email: `${userId}@harbour.example`,
      name: userId,
      personalTeamId: 'team',
      createdAt: 0,
    });
  await store.create('teams', 'team', {
    v: 1,
    teamId: 'team',
    name: 'Harbour',
    members: people.map((userId) => ({ userId, role: userId === 'amelia' ? 'owner' : 'editor' })),
    createdAt: 0,
  });

  /** Ended before: nothing happens. */
  async function endRun(
    id: string,
    exporterId: string,
    end: Partial<Run>,
    under: Pick<Ports, 'store'> = ports,
  ) {
    if ((await store.get('runs', id)) === undefined) {
      const begun = { exporterId, status: 'running' as const, deadlineAt: 1e15, heartbeatAt: clock.now() };
      await store.create('runs', id, runDocument(begun));
    }
    const isEnd = end.status !== 'waiting';
    await moveRun(under, id, (run) =>
      hasEnded(run) ? run : { ...run, ...(isEnd ? { endedAt: clock.now() } : {}), ...end },
    );
    return id;
  }

  return {
    clock,
    store,
    log,
    ports,
    tasks,
    sent,
    posted,
    says,
    async exporter(id: string, over: Parameters<typeof exporterDocument>[0] = {}): Promise<void> {
      await store.create(
        'exporters',
        id,
        exporterDocument({ createdBy: 'amelia', name: `Exporter ${id}`, ...over }),
      );
    },
    async connection(
      id: string,
      over: { grantId?: string; name?: string; status?: 'active' | 'needs-reconnect' } = {},
    ) {
      await store.create('connections', id, {
        v: 1,
        teamId: 'team',
        grantId: 'grant',
        organisationId: `organisation-${id}`,
        xeroConnectionId: id,
        name: `Organisation ${id}`,
        status: 'active',
        countryCode: 'NZ',
        baseCurrency: 'NZD',
        timeZone: '',
        connectedAt: 0,
        ...over,
      });
    },
    async channel(
      id: string,
      kind: 'webhook' | 'chat',
      over: { isForAll?: boolean; hearsDone?: boolean } = {},
    ) {
      const { isForAll = true, hearsDone = false } = over;
      const url =
        kind === 'chat'
          ? 'https://chat.googleapis.com/v1/spaces/AAA/messages?key=CANARY-KEY&token=CANARY-TOKEN'
          : 'https://hooks.example/foliokeep';
      await store.create('channels', id, {
        v: 1,
        teamId: 'team',
        kind,
        name: id,
        sealedUrl: await sealText(ports, channelContext(id, 'url'), url),
        host: new URL(url).hostname,
        sealedSecret:
          kind === 'webhook'
            ? await sealText(ports, channelContext(id, 'secret'), 'whsec_Q0FOQVJZLVNFQ1JFVA==')
            : null,
        formerSecret: null,
        isForAll,
        on: { ...usualWishes, done: hearsDone },
        wantsDone: isForAll && hearsDone,
        createdBy: 'amelia',
        createdAt: 0,
        last: null,
      });
    },
    /** A run that is moved as the engine moves runs. */
    run: (exporterId: string, end: Partial<Run>) => endRun(ports.ids.next(), exporterId, end),
    endRun,
    /** Rounds until nothing is due, as a minute's tick and its wake-ups make them. */
    async post(under: PostPorts = ports): Promise<void> {
      for (let turn = 0; turn < 3; turn += 1) {
        await postRound(under, { publicUrl }, 0, never);
        await clock.advance(20_000);
      }
    },
    notices: async () =>
      (await store.query('notices', { limit: 1_000 })).map(({ id, data }) => ({ id, ...data })),
    deliveries: async () =>
      (await store.query('deliveries', { limit: 1_000 })).map(({ id, data }) => ({ id, ...data })),
  };
}
export type PostWorld = Awaited<ReturnType<typeof postWorld>>;

export const failedWith = (code: string, details: Record<string, string | number> = {}): Partial<Run> => ({
  status: 'failed',
  error: { code, details },
});
export const succeeded: Partial<Run> = { status: 'succeeded' };
export const noticesOn = (over: Partial<ExporterNotices['on']>): ExporterNotices => ({
  people: null,
  channels: [],
  on: { ...usualWishes, ...over },
});
