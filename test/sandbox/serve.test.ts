import { request } from 'undici';
import { afterEach, describe, expect, test } from 'vitest';
import { sandboxClock } from '../../server/sandbox/clock.ts';
import { type SandboxResponse, type ServedSandbox, serveSandbox } from '../../server/sandbox/serve.ts';

let served: ServedSandbox | undefined;
afterEach(() => served?.close());

const reply = (over: Partial<SandboxResponse>): SandboxResponse => ({
  status: 200,
  headers: { 'content-type': 'text/plain' },
  body: new TextEncoder().encode('hello'),
  ...over,
});

describe('the sandbox behind a socket', () => {
  test('gives the handler the whole request and the caller the whole answer with its length', async () => {
    served = await serveSandbox(async ({ method, url, headers, body }) =>
      reply({
        status: 201,
        headers: { 'x-seen': headers['x-mine'] ?? '', 'set-cookie': 'a=1\nb=2' },
        body: new TextEncoder().encode(`${method} ${new URL(url).pathname} ${Buffer.from(body ?? '')}`),
      }),
    );
    const answer = await request(`${served.origin}/x?y=1`, {
      method: 'POST',
      body: 'é',
      headers: { 'x-mine': 'm' },
    });
    expect(answer.statusCode).toBe(201);
    expect(answer.headers).toMatchObject({
      'x-seen': 'm',
      'set-cookie': ['a=1', 'b=2'],
      'content-length': '10',
    });
    expect(await answer.body.text()).toBe('POST /x é');
  });

  test('sends bodies larger than any buffer whole, and releases before the last byte is out', async () => {
    let released = 0;
    const big = Buffer.alloc(5_000_000, 'x');
    served = await serveSandbox(async () => reply({ body: big, release: () => released++ }));
    const answer = await request(served.origin);
    expect((await answer.body.arrayBuffer()).byteLength).toBe(big.length);
    expect(released).toBeGreaterThan(0);
  });

  test.each([
    ['drops without a byte', { kind: 'drop' as const }],
    ['drops in the middle of a body', { kind: 'drop-mid-body' as const, fraction: 0.5 }],
  ])('%s', async (_name, fault) => {
    served = await serveSandbox(async () => reply({ body: Buffer.alloc(200_000), transport: [fault] }));
    await expect(request(served.origin).then((answer) => answer.body.arrayBuffer())).rejects.toThrow();
  });

  test('answers a delayed request late', async () => {
    served = await serveSandbox(async () => reply({ transport: [{ kind: 'delay', ms: 60 }] }));
    const before = performance.now();
    await (await request(served.origin)).body.text();
    expect(performance.now() - before).toBeGreaterThan(55);
  });
});

test('the sandbox clock moves on its own and by request', () => {
  let base = 1000;
  const clock = sandboxClock(() => base);
  base += 5;
  clock.advance(60_000);
  expect(clock.now()).toBe(61_005);
});
