/** The typed client: addresses as the contract has them, answers parsed, every failure one kind of error. */
import { expect, it } from 'vitest';
import { ApiError, apiClient } from '../../shared/client.ts';

const answering = (status: number, body: unknown) => {
  const asked: Array<{ url: string; init: RequestInit }> = [];
  const client = apiClient({
    origin: 'https://books.example',
    headers: () => ({ 'x-foliokeep-csrf': 'token' }),
    fetch: async (url, init) => {
      asked.push({ url, init });
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      return new Response(status === 204 ? null : text, { status });
    },
  });
  return { asked, client };
};

it('puts parameters into the address, encoded, and leaves out what is not given', async () => {
  const { asked, client } = answering(200, { runs: [], next: null });
  const query = { limit: 5, after: undefined } as unknown as { limit: number };
  await client('listRuns', { params: { exporterId: 'a/b?c' }, query });
  expect(asked[0]?.url).toBe('https://books.example/api/v1/exporters/a%2Fb%3Fc/runs?limit=5');
  expect(asked[0]?.init).toMatchObject({
    method: 'GET',
    headers: { accept: 'application/json', 'x-foliokeep-csrf': 'token' },
  });
  expect(asked[0]?.init.body).toBeUndefined();
});

it('sends a body as JSON, an empty one where the route takes one', async () => {
  const { asked, client } = answering(201, { url: 'https://login.xero.com/' });
  await client('beginConsent', { body: {} });
  expect(asked[0]?.init).toMatchObject({ method: 'POST', body: '{}' });
  expect(asked[0]?.init.headers).toMatchObject({ 'content-type': 'application/json' });
});

it('has nothing to say where the route has no answer', async () => {
  const { client } = answering(204, '');
  expect(await client('signOut', {})).toBeUndefined();
});

it('throws the problem that the server answered with', async () => {
  const problem = {
    type: 'urn:foliokeep:not-found',
    title: 'not found',
    status: 404,
    code: 'NOT_FOUND',
    detail: 'There is no such run.',
    button: '',
    instance: 'r1',
  };
  const { client } = answering(404, problem);
  const error = await client('getRun', { params: { runId: 'a' } }).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ message: problem.detail, problem });
});

it.each([
  [502, '<html>Bad gateway</html>'],
  [504, ''],
  [302, '{"code":"NOT_FOUND"}'],
  [202, '{}'],
])('makes a problem of an answer %i that is none of ours', async (status, body) => {
  const { client } = answering(status, body);
  const error = await client('getMe', {}).catch((caught: unknown) => caught);
  expect(error).toMatchObject({
    problem: { status, detail: `The server answered with status ${status}. Try again in a moment.` },
  });
});

it('does not take an answer that is not as promised', async () => {
  const { client } = answering(200, { connections: [{ id: 'a' }] });
  await expect(client('listConnections', {})).rejects.toThrow();
});
