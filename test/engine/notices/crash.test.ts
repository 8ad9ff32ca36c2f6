/** A process that dies before or after any effect: every notice arrives, and what arrives twice has one id. */
import { expect, test } from 'vitest';
import { postRound } from '../../../server/engine/notices/post-round.ts';
import { wakePost } from '../../../server/engine/notices/post-tasks.ts';
import { newLife, type Point, withGate } from '../../faults/points.ts';
import { failedWith, never, type PostWorld, postWorld, publicUrl, succeeded } from './post-world.ts';

/** Whatever was asked of the world by a process that may die at each of its points; a new one goes on. */
async function playOut(onPoint: (point: Point, number: number, kill: () => void) => void) {
  const world = await postWorld();
  await world.connection('connection', { name: 'Fernhill' });
  await world.channel('hook', 'webhook');
  await world.channel('space', 'chat');
  for (const id of ['e1', 'e2']) await world.exporter(id);
  let passed = 0;
  let isFirst = true;
  for (let lives = 0; lives < 5; lives += 1) {
    const mayDie = isFirst;
    isFirst = false;
    const life = newLife((point, number, self) => {
      if (mayDie) onPoint(point, number, () => self.kill());
      passed += 1;
    });
    const ports = {
      ...world.ports,
      store: withGate('store', world.ports.store, life.gate),
      queue: withGate('queue', world.ports.queue, life.gate),
      mail: withGate('mail', world.ports.mail, life.gate),
      network: withGate('network', world.ports.network, life.gate),
      outside: withGate('outside', world.ports.outside, life.gate),
    };
    const work = async (): Promise<void> => {
      await happen(world, ports);
      for (let minute = 0; minute < 2; minute += 1) {
        await wakePost(ports);
        await postRound(ports, { publicUrl }, 0, never);
        await world.clock.advance(20_000);
      }
    };
    const ending = await Promise.race([work().then(() => 'done' as const), life.gone]);
    // What the dead one had claimed is free after a while.
    await world.clock.advance(ending === 'gone' ? 6 * 60_000 : 20_000);
    if (ending === 'done' && lives > 0) break;
  }
  return { world, passed };
}

/** Two runs fail and one comes right, each once, whichever life it is. */
async function happen(world: PostWorld, ports: PostWorld['ports']): Promise<void> {
  const ends = [
    ['r1', 'e1', failedWith('XERO_REFUSED', { problem: 'no' })],
    ['r2', 'e2', failedWith('CELL_LIMIT')],
    ['r3', 'e2', succeeded],
  ] as const;
  for (const [runId, exporterId, end] of ends) await world.endRun(runId, exporterId, end, ports);
}

/** What each recipient has read, by what it says and not by when. */
function readOf(world: PostWorld) {
  const mails = world.sent.map(({ id = '', text }) => ({
    id,
    what: text.match(/Exporter e\d (?:failed|works again)/g) ?? [],
  }));
  const hooks = world.posted
    .filter(({ url }) => url.startsWith('https://hooks'))
    .map(({ headers, body }) => ({
      id: headers['webhook-id'] ?? '',
      what: [String((JSON.parse(String(body)) as { data: { title: string } }).data.title)],
    }));
  const chats = world.posted
    .filter(({ url }) => url.startsWith('https://chat'))
    .map(({ url, body }) => ({
      id: new URL(url).searchParams.get('threadKey') ?? '',
      what: String(body).match(/Exporter e\d (?:failed|works again)/g) ?? [],
    }));
  return { mails, hooks, chats };
}
const toldOnce = (messages: ReadonlyArray<{ id: string; what: string[] }>): string[] =>
  [...new Map(messages.map(({ id, what }) => [id, what])).values()].flat().sort();

const points: Point[] = [];
const told = ['Exporter e1 failed', 'Exporter e2 failed', 'Exporter e2 works again'];

test('a quiet process tells each recipient everything, once', async () => {
  const { world } = await playOut((point) => void points.push(point));
  const read = readOf(world);
  for (const messages of Object.values(read)) expect(toldOnce(messages)).toEqual(told);
  expect([read.mails.length, read.hooks.length, read.chats.length]).toEqual([1, 3, 1]);
  expect(new Set(points.map(({ label }) => label))).toEqual(
    new Set([
      'store.transaction',
      'store.get',
      'store.query',
      'queue.enqueue',
      'mail.send',
      'network.request',
      'outside.request',
    ]),
  );
});

test('one that dies at any point loses nothing, and repeats one message at most, under its id', async () => {
  for (const [at, { label, side }] of points.entries()) {
    const where = `${at}: ${side} ${label}`;
    const { world } = await playOut((_, number, kill) => {
      if (number === at) kill();
    });
    const { mails, hooks, chats } = readOf(world);
    for (const messages of [mails, hooks, chats]) expect(toldOnce(messages), where).toEqual(told);
    const all = [...mails, ...hooks, ...chats];
    expect(all.length - new Set(all.map(({ id }) => id)).size, where).toBeLessThanOrEqual(1);
    // Nothing is told under two ids: what joined one message joined no other.
    const distinct = new Map(mails.map(({ id, what }) => [id, what]));
    expect([...distinct.values()].flat().length, where).toBe(told.length);
    expect(
      (await world.deliveries()).every(({ status }) => status === 'sent'),
      where,
    ).toBe(true);
  }
});
