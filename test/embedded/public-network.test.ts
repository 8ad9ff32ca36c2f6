/** Addresses that people gave lead to the public internet and nowhere else, however they are written and resolved. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isPublicAddress } from '../../server/embedded/public-address.ts';
import { type PublicNetwork, publicNetwork } from '../../server/embedded/public-network.ts';

const closed = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.88.99.1',
  '192.168.1.1',
  '198.18.0.1',
  '203.0.113.9',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:a9fe:a9fe',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::169.254.169.254',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '2002:a9fe:a9fe::',
  '3fff::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fec0::1',
  'ff02::1',
];
const open = [
  '1.1.1.1',
  '8.8.8.8',
  '172.15.0.1',
  '172.32.0.1',
  '100.128.0.1',
  '2606:4700::1111',
  '2a00:1450::8',
];

describe('an address', () => {
  it.each(closed)('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false));
  it.each(open)('%s is public', (address) => expect(isPublicAddress(address)).toBe(true));
  it.each(['', 'localhost', '127.1', '0x7f.1', '1.1.1.1 ', 'fe80::1%eth0'])(
    '%j is no address at all',
    (text) => expect(isPublicAddress(text)).toBe(false),
  );
});

describe('the network for addresses that people gave', () => {
  let connections = 0;
  const server = createServer((request, response) => {
    if (request.url === '/away') response.writeHead(302, { location: 'http://127.0.0.1/inside' }).end();
    else if (request.url === '/slow') return;
    else if (request.url === '/long') response.end('x'.repeat(100_000));
    else response.writeHead(204).end();
  });
  server.on('connection', () => {
    connections += 1;
  });
  let port = 0;
  const networks: PublicNetwork[] = [];
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterEach(async () => {
    for (const network of networks.splice(0)) await network.close();
    connections = 0;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  function given(options: Partial<Parameters<typeof publicNetwork>[0]> = {}): PublicNetwork {
    const network = publicNetwork({ isThisMachineAllowed: false, ...options });
    networks.push(network);
    return network;
  }
  const ask = (network: PublicNetwork, url: string, timeoutMs = 2_000) =>
    network.request({ method: 'POST', url, headers: {}, body: '{}' }, { timeoutMs, maxBytes: 1_000 });

  const refused: Array<[string, string]> = [
    ['plain http', 'http://example.com/hook'],
    ['this machine by number', 'https://127.0.0.1/hook'],
    ['this machine in one number', 'https://2130706433/hook'],
    ['this machine in octal', 'https://0177.0.0.1/hook'],
    ['this machine in hexadecimal', 'https://0x7f.0.0.1/hook'],
    ['this machine, short', 'https://127.1/hook'],
    ['the metadata service', 'https://169.254.169.254/latest/meta-data'],
    ['IPv6 loopback', 'https://[::1]/hook'],
    ['a mapped address', 'https://[::ffff:127.0.0.1]/hook'],
    ['6to4', 'https://[2002:7f00:1::]/hook'],
    ['an odd port', 'https://example.com:8443/hook'],
    ['a name and password', 'https://user:pass@example.com/hook'],
    ['a file', 'file:///etc/passwd'],
  ];
  it.each(refused)('refuses %s before it is connected to', async (_, url) => {
    await expect(ask(given(), url)).rejects.toMatchObject({ code: 'DELIVERY_REFUSED' });
    expect(connections).toBe(0);
  });

  // The name is one that the guard against outside traffic lets through; what it resolves to is the test's word.
  it('refuses a name that resolves to an inner address, also among public ones', async () => {
    for (const addresses of [['127.0.0.1'], ['1.1.1.1', '127.0.0.1'], ['::1'], ['169.254.169.254']]) {
      const lookup = async () =>
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
      await expect(ask(given({ lookup }), 'https://localhost/x')).rejects.toMatchObject({
        code: 'DELIVERY_REFUSED',
      });
    }
    expect(connections).toBe(0);
  });

  it('looks at the answer for each connection anew, so that a name that changes gains nothing', async () => {
    const asked: string[] = [];
    const network = given({
      async lookup(hostname) {
        asked.push(hostname);
        return [{ address: asked.length === 1 ? '::1' : '127.0.0.1', family: asked.length === 1 ? 6 : 4 }];
      },
    });
    for (let time = 0; time < 2; time += 1)
      await expect(ask(network, 'https://localhost/x')).rejects.toMatchObject({ code: 'DELIVERY_REFUSED' });
    // Nothing of the first answer is kept: each connection asks and looks again.
    expect(asked).toEqual(['localhost', 'localhost']);
    expect(connections).toBe(0);
  });

  it('reaches this machine only where the operator allows it, and follows no redirect', async () => {
    const network = given({ isThisMachineAllowed: true });
    expect(await ask(network, `http://127.0.0.1:${port}/hook`)).toMatchObject({ status: 204 });
    expect(await ask(network, `http://localhost:${port}/away`)).toMatchObject({ status: 302 });
    const { body } = await ask(network, `http://127.0.0.1:${port}/long`);
    expect(body.length).toBeLessThanOrEqual(1_000);
    await expect(ask(network, 'http://10.0.0.1/x')).rejects.toMatchObject({ code: 'DELIVERY_REFUSED' });
  });

  it('fails passingly when nobody answers (DELIVERY_FAILED)', async () => {
    const network = given({ isThisMachineAllowed: true });
    await expect(ask(network, `http://127.0.0.1:${port}/slow`, 100)).rejects.toMatchObject({
      code: 'DELIVERY_FAILED',
      details: { problem: 'it did not answer in time' },
    });
    const lookup = async () => Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }));
    await expect(ask(given({ lookup }), 'https://localhost/x')).rejects.toMatchObject({
      code: 'DELIVERY_FAILED',
    });
  });
});
