import { describe, expect, it } from 'vitest';
import { slowCaller } from '../../../server/sandbox/probe/caller.ts';
import { finding, notAsked, type Probe, ProbeError } from '../../../server/sandbox/probe/probe.ts';
import { runProbes } from '../../../server/sandbox/probe/run-probes.ts';
import { serveSandbox } from '../../../server/sandbox/serve.ts';

const served = (status: number) =>
  serveSandbox(async ({ body, headers }) => ({
    status,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify({ sent: Buffer.from(body ?? '').toString(), by: headers['x-by'] })),
  }));

describe('the caller of a probe', () => {
  it('sends what it is told, a body with a GET too, and keeps shapes only', async () => {
    const server = await served(200);
    const caller = slowCaller({ pauseMs: 0, budget: 5 });
    const plain = await caller.send('GET x', `${server.origin}/x`, {});
    const withBody = await caller.sendWithBody('GET y', `${server.origin}/y`, { 'x-by': 'us' }, '{}');
    expect([plain.json, withBody.json]).toEqual([{ sent: '' }, { sent: '{}', by: 'us' }]);
    expect(caller.takeSeen().map(({ asked, status, body }) => [asked, status, body])).toEqual([
      ['GET x', 200, { sent: 'empty text' }],
      ['GET y', 200, { sent: 'text', by: 'text' }],
    ]);
    expect(caller.takeSeen()).toEqual([]);
    await server.close();
  });

  it('makes no more calls than it was allowed, and none after a limit was met', async () => {
    const [good, limited] = [await served(200), await served(429)];
    const caller = slowCaller({ pauseMs: 0, budget: 1 });
    await caller.send('GET x', good.origin, {});
    await expect(caller.send('GET x', good.origin, {})).rejects.toThrow('the 1 calls it was allowed');
    expect(caller.calls()).toBe(1);
    const other = slowCaller({ pauseMs: 0, budget: 5 });
    await expect(other.send('GET x', limited.origin, {})).rejects.toThrow('met a limit');
    expect(other.takeSeen()).toHaveLength(1);
    await Promise.all([good.close(), limited.close()]);
  });
});

describe('probes one after the other', () => {
  const caller = slowCaller({ pauseMs: 0, budget: 1 });
  const base = { rules: [], asks: 'a', expects: 'e', calls: 0 };
  const probe = (name: string, run: Probe<null>['run'], act?: string): Probe<null> => ({
    ...base,
    name,
    run,
    ...(act === undefined ? {} : { act }),
  });
  const said: string[] = [];
  const person = (answer: string) => ({
    say: (text: string) => void said.push(text),
    ask: async () => answer,
    close: () => undefined,
  });

  it('leave the others when one breaks, tell nothing of what broke it, and stop at a limit', async () => {
    const results = await runProbes(
      [
        probe('good', async () => finding(true, 'yes')),
        probe('odd', async () => finding(false, 'no')),
        probe('none', async () => notAsked('nothing there')),
        probe('broken', async () => {
          throw new TypeError('Ann owes 12.50');
        }),
        probe('limited', async () => {
          throw new ProbeError('The probe stopped: a limit.');
        }),
        probe('late', async () => finding(true, 'yes')),
      ],
      null,
      { person: person(''), caller },
    );
    expect(results.map(({ verdict, found }) => [verdict, found])).toEqual([
      ['as-expected', 'yes'],
      ['differs', 'no'],
      ['not-asked', 'nothing there'],
      ['failed', 'TypeError in the probe itself.'],
      ['failed', 'The probe stopped: a limit.'],
      ['skipped', 'The probe stopped: a limit.'],
    ]);
    expect(said.join()).not.toContain('Ann');
  });

  it('that want an act are asked only when it is done', async () => {
    const acted = probe('acted', async () => finding(true, 'yes'), 'Do it.');
    const verdictAfter = async (answer: string) =>
      (await runProbes([acted], null, { person: person(answer), caller })).map(({ verdict }) => verdict);
    expect(await verdictAfter('')).toEqual(['skipped']);
    expect(await verdictAfter('Done')).toEqual(['as-expected']);
  });
});
