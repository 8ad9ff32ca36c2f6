/** The two sandboxes as the network of one life: latency, answers that are lost, cut, empty or something else altogether. */
import type { HttpRequest, HttpResponse } from '../../../server/domain/http-message.ts';
import { RetryError } from '../../../server/errors.ts';
import type { Network } from '../../../server/ports.ts';
import type { Dice } from './dice.ts';
import type { Life } from './life.ts';
import type { LimitGuards } from './limit-guards.ts';
import type { FaultPlan } from './plan.ts';
import type { Scheduler } from './scheduler.ts';

export const xeroOrigin = 'http://127.0.0.1:1';
export const googleOrigin = 'http://127.0.0.1:2';

export interface Wire extends LimitGuards {
  /** The sandbox's answer; the effect happens here. Rejects with code ECONNRESET for a dropped connection. */
  exchange(request: HttpRequest, life: Life): Promise<HttpResponse>;
  /** Pages of Xero as small as the seed wants them. */
  pageSize: number;
}

type Spoil = (response: HttpResponse) => HttpResponse;

const html = Buffer.from('<html><body>Please sign in to the hotel network</body></html>');
const cut: Spoil = (response) => ({
  ...response,
  body: response.body.subarray(0, Math.floor(response.body.length / 2)),
});
/** What a middle box, a proxy or a cut line makes of a good answer; the framing that the port promises is whole. */
const spoils: readonly Spoil[] = [
  (response) => ({ ...response, body: Buffer.alloc(0) }),
  (response) => ({ ...response, body: html, headers: { ...response.headers, 'content-type': 'text/html' } }),
  (response) => ({ ...response, body: html }),
  cut,
  (response) => ({ ...response, body: Buffer.from('{}') }),
  () => ({ status: 502, headers: { 'content-type': 'text/html' }, body: html }),
  () => ({ status: 503, headers: { 'retry-after': '7' }, body: Buffer.alloc(0) }),
  (response) => ({ ...response, headers: { ...response.headers, 'content-encoding': 'gzip' } }),
];

/** Nobody hears of a connection that ended. */
function throwUnlessReset(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ECONNRESET')) throw error;
}

export function labNetwork(
  wire: Wire,
  { life, scheduler, plan, dice }: { life: Life; scheduler: Scheduler; plan: FaultPlan; dice: Dice },
): Network {
  const pause = (ms: number) => scheduler.sleepUntil(scheduler.now() + ms, life);
  const isBad = (share: number): boolean => !plan.isCalm() && share > 0 && dice.next() < share;
  /** It lay somewhere on the way; its sender may be dead by now. */
  const stray = async (request: HttpRequest): Promise<void> => {
    await scheduler.sleepUntil(scheduler.now() + dice.one([15_000, 5 * 60_000, 40 * 60_000]));
    await scheduler.busy(() => wire.exchange(request, life)).catch(throwUnlessReset);
  };
  return {
    async request(request, { timeoutMs }) {
      wire.begins(request, life);
      const isSlow = isBad(plan.habits.slow);
      const [there, back] = isSlow
        ? [dice.one([10, 4_000, 30_000, 200_000]), dice.one([10, 4_000, 30_000, 200_000])]
        : [dice.between(5, 60), dice.between(20, 400)];
      if (/:batchUpdate(\?|$)/.test(request.url) && isBad(plan.habits.strays)) {
        await pause(timeoutMs);
        void stray(request);
        throw new RetryError('NETWORK', { problem: 'timeout' });
      }
      await pause(Math.min(there, timeoutMs));
      // Given up before it came to anybody.
      if (there >= timeoutMs) throw new RetryError('NETWORK', { problem: 'timeout' });
      const url = request.url.replace('pageSize=1000', `pageSize=${wire.pageSize}`);
      const { 'accept-encoding': _, ...headers } = request.headers;
      let response: HttpResponse;
      try {
        response = await wire.exchange({ ...request, url, headers }, life);
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ECONNRESET')
          throw new RetryError('NETWORK', { problem: 'reset' }, error);
        throw error;
      }
      await pause(Math.min(back, timeoutMs - there));
      if (there + back >= timeoutMs) throw new RetryError('NETWORK', { problem: 'timeout' });
      wire.comes(request, response, life);
      const isXeros = request.url.startsWith(xeroOrigin);
      if (response.status === 200 && isXeros && isBad(plan.habits.cuts)) return cut(response);
      // A changed {} of a list that worked would be a lie of Xero itself; the sandbox's own refusals stay as they are.
      if (response.status === 200 && isBad(plan.habits.wire)) {
        const spoil = dice.one(spoils);
        if (!(spoil === spoils[4] && !isXeros)) return spoil(response);
      }
      return response;
    },
  };
}
