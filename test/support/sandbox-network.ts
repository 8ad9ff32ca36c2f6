/** A sandbox called in process, as a Network; the transport's trouble becomes `NETWORK`, as the real one makes it. */
import type { HttpRequest, HttpResponse } from '../../server/domain/http-message.ts';
import { RetryError } from '../../server/errors.ts';
import type { Network } from '../../server/ports.ts';

interface Handled {
  handle(request: HttpRequest): Promise<HttpResponse>;
}

export const sandboxNetwork = (sandbox: Handled): Network & { asked: HttpRequest[] } => {
  const asked: HttpRequest[] = [];
  return {
    asked,
    async request(request) {
      asked.push(request);
      try {
        return await sandbox.handle(request);
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ECONNRESET') {
          throw new RetryError('NETWORK', { problem: 'reset' }, error);
        }
        throw error;
      }
    },
  };
};
