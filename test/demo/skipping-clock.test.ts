import { describe, expect, it } from 'vitest';
import { skippingClock } from '../../server/demo/skipping-clock.ts';
import { settle, virtualClock } from '../support/virtual-clock.ts';

function given(hasWork = true) {
  const real = virtualClock();
  const begunAt = real.now();
  const moved: number[] = [];
  const clock = skippingClock({ real, hasWork: () => hasWork, move: async (ms) => void moved.push(ms) });
  const woken: string[] = [];
  const sleep = (name: string, ms: number) => void clock.sleep(ms).then(() => woken.push(name));
  return { real, clock, moved, woken, sleep, passed: () => real.now() - begunAt };
}

describe('a clock that skips waits', () => {
  it('moves on to the first who sleeps once nobody works, and moves the other clock as far', async () => {
    const { real, clock, moved, woken, sleep, passed } = given();
    const at = clock.now();
    sleep('later', 90_000);
    sleep('first', 40_000);
    await real.advance(100);
    expect(woken).toEqual(['first']);
    expect(moved).toEqual([clock.skipped()]);
    expect(clock.now() - at).toBe(40_000 + passed() - 60);
    await real.advance(100);
    expect(woken).toEqual(['first', 'later']);
    expect(passed()).toBeLessThan(1_000);
  });

  it('lets work take the time that it takes', async () => {
    const { real, clock, woken, sleep } = given();
    const work = Promise.withResolvers<void>();
    const done = clock.during(work.promise);
    sleep('waits', 5_000);
    await real.advance(4_000);
    expect(woken).toEqual([]);
    expect(clock.skipped()).toBe(0);
    work.resolve();
    await done;
    sleep('long', 60_000);
    await real.advance(1_001);
    expect(woken).toEqual(['waits']);
  });

  it('sleeps short sleeps, and lets time pass as it does where nobody waits for anything', async () => {
    const short = given();
    short.sleep('short', 1_000);
    await short.real.advance(900);
    expect(short.woken).toEqual([]);
    const idle = given(false);
    idle.sleep('tick', 60_000);
    await idle.real.advance(10_000);
    expect(idle.clock.skipped()).toBe(0);
  });

  it('wakes who has little left after a skip when that is over, and skips on for the others', async () => {
    const { real, moved, woken, sleep, passed } = given();
    sleep('first', 40_000);
    sleep('soon after', 41_000);
    sleep('much later', 400_000);
    await real.advance(100);
    expect(woken).toEqual(['first']);
    await real.advance(1_100);
    expect(woken).toEqual(['first', 'soon after', 'much later']);
    expect(moved).toHaveLength(2);
    expect(passed()).toBeLessThan(1_500);
  });

  it('ends a sleep that is called off', async () => {
    const { clock } = given();
    const off = new AbortController();
    const slept = clock.sleep(60_000, off.signal);
    off.abort();
    await settle();
    await slept;
  });
});
