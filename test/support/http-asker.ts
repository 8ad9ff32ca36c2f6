/** Asks a served application exactly as told: paths are sent as written, nothing is followed, added or decoded. */
import { Readable } from 'node:stream';
import { Pool } from 'undici';

export interface Asked {
  method?: string;
  headers?: Record<string, string>;
  /** Text and bytes are sent as they are, a stream in chunks, anything else as JSON. */
  body?: unknown;
}

export interface Answered {
  status: number;
  /** Lower-case names; repeated headers are joined, cookies apart. */
  headers: Record<string, string>;
  cookies: string[];
  text: string;
  /** Parsed when it is JSON, else undefined. */
  json: unknown;
}

export interface HttpAsker {
  ask(path: string, asked?: Asked): Promise<Answered>;
  close(): Promise<void>;
}

/** `origin` is this machine's: the guard against outside traffic does not see these requests. */
export const httpAsker = (origin: `http://127.0.0.1:${number}`): HttpAsker => {
  const pool = new Pool(origin, { connections: 8 });
  return {
    close: () => pool.destroy(),
    async ask(path, { method = 'GET', headers = {}, body } = {}) {
      const response = await pool.request({
        path,
        method: method as 'GET',
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        body: bytesOf(body),
      });
      const text = await response.body.text();
      const { 'set-cookie': cookies = [], ...others } = response.headers;
      const received = Object.fromEntries(
        Object.entries(others).map(([name, value]) => [name, [value ?? []].flat().join(', ')]),
      );
      return {
        status: response.statusCode,
        headers: received,
        cookies: [cookies].flat(),
        text,
        json: text !== '' && /json/.test(received['content-type'] ?? '') ? JSON.parse(text) : undefined,
      };
    },
  };
};

function bytesOf(body: unknown): string | Buffer | Readable | null {
  if (body === undefined) return null;
  if (typeof body === 'string' || Buffer.isBuffer(body) || body instanceof Readable) return body;
  return JSON.stringify(body);
}
