/** What every Network must hold to, told by a server that can send any bytes and stop anywhere. */
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Network } from '../../server/ports.ts';
import { type RawServer, rawServer } from '../support/raw-server.ts';

const networkError = expect.objectContaining({ code: 'NETWORK', kind: 'retry' });
const head = (...lines: string[]): string => ['HTTP/1.1 200 OK', ...lines, '', ''].join('\r\n');

export const networkContract = (
  name: string,
  makeNetwork: () => { network: Network; close(): Promise<void> },
): void => {
  describe(`${name} as a Network`, () => {
    let made: ReturnType<typeof makeNetwork>;
    let server: RawServer | undefined;
    beforeEach(() => {
      made = makeNetwork();
    });
    afterEach(async () => {
      await made.close();
      await server?.close();
      server = undefined;
    });

    const serve = async (answer: (socket: Socket, request: string) => void): Promise<RawServer> => {
      server = await rawServer(answer);
      return server;
    };
    const get = (path = '/', options: { timeoutMs?: number; maxBytes?: number; signal?: AbortSignal } = {}) =>
      made.network.request(
        { method: 'GET', url: `${server?.url}${path}`, headers: { accept: 'application/json' } },
        { timeoutMs: 5000, maxBytes: 1_000_000, ...options },
      );
    const says = async (...parts: Array<string | Uint8Array>) => {
      await serve((socket) => {
        for (const part of parts) socket.write(part);
        socket.end();
      });
      return get();
    };

    test('status, headers in lower case with repeated ones joined, and the bytes come out', async () => {
      const answer = await says(
        head('Content-Length: 5', 'X-One: a', 'x-one: b', 'Set-Cookie: c=1, d', 'Set-Cookie: e=2').replace(
          '200 OK',
          '418 Teapot',
        ),
        'hello',
      );
      expect(answer.status).toBe(418);
      expect(answer.headers).toMatchObject({ 'x-one': 'a, b', 'set-cookie': 'c=1, d\ne=2' });
      expect(answer.body).toEqual(new TextEncoder().encode('hello'));
    });

    test('method, path, headers and body arrive as they were given, and no cookie ever', async () => {
      await serve((socket) => socket.end(`${head('Content-Length: 0', 'Set-Cookie: a=b')}`));
      await made.network.request(
        {
          method: 'POST',
          url: `${server?.url}/token?x=%2F`,
          headers: { 'content-type': 'text/plain', 'x-mine': '1' },
          body: 'grant=é',
        },
        { timeoutMs: 5000, maxBytes: 1000 },
      );
      await get('/again');
      const [first = '', second = ''] = server?.requests ?? [];
      expect(first).toMatch(/^POST \/token\?x=%2F HTTP\/1\.1\r\n/);
      expect(first.toLowerCase()).toContain('x-mine: 1\r\n');
      expect(first).toContain(`grant=${Buffer.from('é').toString('latin1')}`);
      expect(second.toLowerCase()).not.toContain('cookie');
    });

    test('a compressed body is left compressed', async () => {
      const packed = gzipSync('{"a":1}');
      const answer = await says(head('Content-Encoding: gzip', `Content-Length: ${packed.length}`), packed);
      expect(Buffer.from(answer.body).equals(packed)).toBe(true);
      expect(answer.headers['content-encoding']).toBe('gzip');
    });

    test('chunks are put together', async () => {
      const answer = await says(
        head('Transfer-Encoding: chunked'),
        '3\r\nabc\r\n',
        '2;x=y\r\nde\r\n0\r\n\r\n',
      );
      expect(Buffer.from(answer.body).toString()).toBe('abcde');
    });

    test('a redirect is an answer, not followed', async () => {
      await serve((socket) =>
        socket.end(head('Location: /elsewhere', 'Content-Length: 0').replace('200 OK', '302 Found')),
      );
      const answer = await get();
      expect([answer.status, answer.headers['location']]).toEqual([302, '/elsewhere']);
      expect(server?.requests).toHaveLength(1);
    });

    test('204 and 304 have no body and need no length', async () => {
      for (const status of ['204 No Content', '304 Not Modified']) {
        expect((await says(head('X-A: b').replace('200 OK', status))).body).toHaveLength(0);
        await server?.close();
      }
    });

    describe('never a short body', () => {
      const cut: Array<[string, string[]]> = [
        ['short of its length by one byte', [head('Content-Length: 6'), 'hello']],
        ['with a length and no body at all', [head('Content-Length: 6')]],
        ['cut within a chunk', [head('Transfer-Encoding: chunked'), '5\r\nhel']],
        ['cut between chunks', [head('Transfer-Encoding: chunked'), '5\r\nhello\r\n']],
        ['cut within the last chunk', [head('Transfer-Encoding: chunked'), '5\r\nhello\r\n0\r\n']],
        ['with neither length nor chunks', [head('Connection: close'), 'hello']],
        ['of HTTP/1.0 without a length', [head().replace('1.1', '1.0'), 'hello']],
        ['with two lengths', [head('Content-Length: 5', 'Content-Length: 3'), 'hello']],
        [
          'with a length and chunks',
          [head('Content-Length: 3', 'Transfer-Encoding: chunked'), '3\r\nabc\r\n0\r\n\r\n'],
        ],
        ['in a coding nobody undoes', [head('Transfer-Encoding: gzip, chunked'), '3\r\nabc\r\n0\r\n\r\n']],
        ['with a chunk size that is none', [head('Transfer-Encoding: chunked'), 'zz\r\nabc\r\n0\r\n\r\n']],
        ['cut in its headers', ['HTTP/1.1 200 OK\r\nContent-Le']],
        ['that is no HTTP', ['SSH-2.0-OpenSSH_9.6\r\n']],
        ['that never begins', []],
      ];
      for (const [what, parts] of cut)
        test(`a body ${what} is NETWORK`, async () => {
          await expect(says(...parts)).rejects.toEqual(networkError);
        });

      test('nor after a reset', async () => {
        await serve((socket) => {
          socket.write(head('Content-Length: 10'));
          socket.write('hello', () => socket.resetAndDestroy());
        });
        await expect(get()).rejects.toEqual(networkError);
      });
    });

    test('a host that is not there is NETWORK', async () => {
      await serve(() => undefined);
      const gone = server?.url;
      await server?.close();
      const request = made.network.request(
        { method: 'GET', url: `${gone}/`, headers: {} },
        { timeoutMs: 5000, maxBytes: 10 },
      );
      await expect(request).rejects.toEqual(networkError);
    });

    test('the timeout is for the whole exchange: silence, and drips that never end', async () => {
      await serve(() => undefined);
      await expect(get('/', { timeoutMs: 60 })).rejects.toEqual(networkError);
      await server?.close();
      await serve((socket) => {
        socket.write(head('Content-Length: 100000'));
        const drip = setInterval(() => socket.write('x'), 10);
        socket.on('close', () => clearInterval(drip));
      });
      const began = performance.now();
      await expect(get('/', { timeoutMs: 100 })).rejects.toEqual(networkError);
      expect(performance.now() - began).toBeLessThan(2000);
    });

    test('a caller can call off, before and during the exchange', async () => {
      await serve((socket) => socket.write(head('Content-Length: 10')));
      const began = performance.now();
      await expect(get('/', { signal: AbortSignal.abort() })).rejects.toEqual(networkError);
      const controller = new AbortController();
      const request = get('/', { signal: controller.signal });
      await expect.poll(() => server?.requests.length).toBe(1);
      controller.abort();
      await expect(request).rejects.toEqual(networkError);
      expect(performance.now() - began).toBeLessThan(4000);
    });

    test('more bytes than allowed are refused, announced or not; exactly so many are not', async () => {
      const five = [head('Content-Length: 5'), 'hello'];
      const chunks = [head('Transfer-Encoding: chunked'), '5\r\nhello\r\n0\r\n\r\n'];
      for (const parts of [five, chunks]) {
        await serve((socket) => socket.end(parts.join('')));
        expect((await get('/', { maxBytes: 5 })).body).toHaveLength(5);
        await expect(get('/', { maxBytes: 4 })).rejects.toEqual(networkError);
        await server?.close();
      }
    });

    test('an endless body is given up at the ceiling', async () => {
      await serve((socket) => {
        socket.write(head('Transfer-Encoding: chunked'));
        const pour = (): void => {
          while (!socket.destroyed && socket.write(`10000\r\n${'x'.repeat(65_536)}\r\n`));
          socket.once('drain', pour);
        };
        pour();
      });
      await expect(get('/', { maxBytes: 500_000 })).rejects.toEqual(networkError);
    });

    test('connections are used again after a whole answer, never after a broken one', async () => {
      await serve((socket, request) => {
        if (request.startsWith('GET /large')) socket.write(`${head('Content-Length: 9000000')}too large`);
        else socket.write(`${head('Content-Length: 2')}ok`);
      });
      for (let count = 0; count < 10; count += 1) await get();
      expect(server?.connections()).toBeLessThan(4);
      for (let count = 0; count < 10; count += 1) {
        await expect(get('/large', { maxBytes: 3 })).rejects.toEqual(networkError);
        expect(Buffer.from((await get()).body).toString()).toBe('ok');
      }
      await expect.poll(() => server?.open()).toBeLessThan(4);
    });

    test('at least five exchanges with one host are under way at once', async () => {
      const waiting: Socket[] = [];
      await serve((socket) => {
        waiting.push(socket);
        if (waiting.length === 5) for (const each of waiting) each.write(`${head('Content-Length: 2')}ok`);
      });
      const answers = await Promise.all(Array.from({ length: 5 }, () => get()));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    });

    test('errors name the host, and neither path, query, headers nor body', async () => {
      await serve((socket) => socket.destroy());
      const failed = made.network.request(
        {
          method: 'POST',
          url: `${server?.url}/p4th?code=s3cret`,
          headers: { authorization: 'Bearer s3cret' },
          body: 's3cret',
        },
        { timeoutMs: 5000, maxBytes: 10 },
      );
      const error: Error = await failed.then(
        () => new Error('it should have failed'),
        (reason: Error) => reason,
      );
      expect(error.message).toContain('127.0.0.1');
      const all = JSON.stringify([error.message, { ...error }, error.cause, String(error.cause)]);
      expect(all).not.toMatch(/s3cret|p4th/);
    });
  });
};
