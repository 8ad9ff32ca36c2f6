import { afterEach, describe, expect, it } from 'vitest';
import { memories } from '../../../../server/engine/steps/pull/flight.ts';
import { RetryError, WaitError } from '../../../../server/errors.ts';
import type { XeroRequest } from '../../../../server/ports.ts';
import { pullWorld } from './pull-world.ts';

const world = pullWorld();
let current = world;
afterEach(() => current.close());

/** Twenty invoices in pages of three, after whose first page each call waits until the test lets it go. */
function held() {
  current = pullWorld();
  for (let n = 0; n < 20; n += 1) current.xero.put('invoices', `id-${String(n).padStart(4, '0')}`);
  current.later(86_400_000);
  const read = current.xero.read.bind(current.xero);
  let isHolding = true;
  const waiting: Array<{ page: string; go(error?: Error): void }> = [];
  current.xero.read = async (connectionId, request: XeroRequest, priority) => {
    const page = request.query['page'] ?? '';
    if (page === '1' || !isHolding) return read(connectionId, request, priority);
    const answer = await read(connectionId, request, priority);
    await new Promise<void>((resolve, reject) =>
      waiting.push({ page, go: (error) => (error === undefined ? resolve() : reject(error)) }),
    );
    return answer;
  };
  const wants = { resources: ['invoices'], requestedAt: current.now() };
  const unit = () => current.unit('r1', wants);
  const pages = () => waiting.map(({ page }) => page);
  const next = (page: string) => waiting.splice(pages().indexOf(page), 1)[0];
  /** Lets every call go, now and later, and ends the run. */
  const finish = async (): Promise<void> => {
    isHolding = false;
    for (const { go } of waiting.splice(0)) go();
    for (let units = 0; units < 200 && !current.run('r1').isDone; units += 1) await unit();
    expect(current.run('r1').isDone).toBe(true);
    expect(current.mirror.live('invoices')).toEqual(current.xero.raws('invoices'));
  };
  return { w: current, unit, pages, next, finish };
}

const until = (check: () => boolean) => expect.poll(check, { interval: 1 }).toBe(true);

describe('the calls of a pull', () => {
  it('stay under way while answers are stored one by one, five at once', async () => {
    const { w, unit, pages, next, finish } = held();
    await unit();
    const second = unit();
    await until(() => pages().length === 5);
    expect(pages()).toEqual(['2', '3', '4', '5', '6']);
    next('5')?.go();
    await second;
    expect(w.run('r1').calls).toBe(2);
    const third = unit();
    await until(() => pages().length === 5);
    expect(pages()).toEqual(['2', '3', '4', '6', '7']);
    for (const page of pages()) next(page)?.go();
    await third;
    await finish();
    expect(w.run('r1').calls).toBe(8);
    expect(w.xero.calls).toHaveLength(8);
  });

  it('tell of a record that vanished between them, in whatever order they are answered', async () => {
    const { w, unit, pages, next, finish } = held();
    await unit();
    const second = unit();
    await until(() => pages().length === 5);
    w.later(5);
    w.xero.vanish('invoices', 'id-0001');
    next('2')?.go();
    await second;
    // Page 7 is asked for after the record had gone, and answered before pages that were asked for when it was there.
    const third = unit();
    await until(() => pages().includes('7'));
    next('7')?.go();
    await third;
    await finish();
  });

  it('that fail are made again, and no answer that came is asked for twice', async () => {
    const { w, unit, pages, next, finish } = held();
    await unit();
    const second = unit();
    await until(() => pages().length === 5);
    next('3')?.go(new RetryError('XERO_UNAVAILABLE'));
    next('4')?.go();
    await second;
    const third = unit();
    await until(() => pages().length === 5);
    expect(pages().toSorted()).toEqual(['2', '3', '5', '6', '7']);
    for (const page of pages()) next(page)?.go();
    await third;
    await finish();
    expect(w.xero.calls).toHaveLength(9);
  });

  it('that wait for a limit are said to wait once nothing else is under way', async () => {
    const { w, unit, pages, next, finish } = held();
    await unit();
    const second = unit();
    await until(() => pages().length === 5);
    const untilAt = w.now() + 60_000;
    for (const page of pages()) next(page)?.go(new WaitError('XERO_MINUTE_LIMIT', untilAt));
    await expect(second).rejects.toMatchObject({ code: 'XERO_MINUTE_LIMIT', untilAt });
    await finish();
  });
});

describe('what runs of one process have in memory', () => {
  it('stays theirs while others begin, though no call of theirs is under way yet', () => {
    const remembered = memories();
    const mine = remembered.of('mine', '1 reader');
    for (let other = 0; other < 100; other += 1) remembered.of(`other${other}`, '1 reader');
    expect(remembered.of('mine', '1 reader')).toBe(mine);
  });

  it('does not pile up when they leave it behind', () => {
    const remembered = memories();
    const first = remembered.of('first', '1 reader');
    for (let other = 0; other < 1_000; other += 1) remembered.of(`other${other}`, '1 reader');
    expect(remembered.of('first', '1 reader')).not.toBe(first);
  });
});
