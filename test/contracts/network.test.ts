/** The Network's contract over every adapter. */
import { expect, test } from 'vitest';
import { undiciNetwork } from '../../server/embedded/undici-network.ts';
import { networkContract } from './network.contract.ts';

networkContract('undiciNetwork', () => {
  const network = undiciNetwork();
  return { network, close: () => network.close() };
});

test('closing twice is harmless, and a request after it fails as NETWORK', async () => {
  const network = undiciNetwork();
  await network.close();
  await network.close();
  await expect(
    network.request(
      { method: 'GET', url: 'http://127.0.0.1:9/', headers: {} },
      { timeoutMs: 100, maxBytes: 1 },
    ),
  ).rejects.toEqual(expect.objectContaining({ code: 'NETWORK' }));
});

test('a request that cannot be sent is a bug of the caller, not of the network', async () => {
  const network = undiciNetwork();
  const options = { timeoutMs: 100, maxBytes: 1 };
  for (const request of [
    { method: 'GET', url: 'not a url', headers: {} },
    { method: 'GET', url: 'http://127.0.0.1:9/', headers: { 'bad\nname': 'x' } },
  ] as const)
    await expect(network.request(request, options)).rejects.not.toHaveProperty('kind');
  await network.close();
});
