/** Slow callers: a server that waits for headers, a body or nothing at all only so long, and holds only so many of them. */
export interface CallerLimits {
  /** For the headers of a request, for all of it, and between two requests of one connection. */
  headersMs: number;
  requestMs: number;
  idleMs: number;
}

/** What of Node's server is set here. */
interface LimitedServer {
  headersTimeout: number;
  requestTimeout: number;
  keepAliveTimeout: number;
  timeout: number;
  maxConnections: number;
  maxRequestsPerSocket: number | null;
}

const mostConnections = 2_000;
const mostRequestsOfOne = 10_000;

/** Past the time Node answers 408 and closes (nodejs.org/api/http.html, server.requestTimeout, 2026); looked at often enough. */
export function limitServer(server: LimitedServer, { headersMs, requestMs, idleMs }: CallerLimits): void {
  server.headersTimeout = Math.min(headersMs, requestMs);
  server.requestTimeout = requestMs;
  server.keepAliveTimeout = idleMs;
  // Half-open connections and answers that nobody reads.
  server.timeout = requestMs + idleMs;
  server.maxConnections = mostConnections;
  server.maxRequestsPerSocket = mostRequestsOfOne;
}

/** For `createServer`: how often slow requests are looked for. */
export const checksEvery = ({ headersMs }: CallerLimits): number =>
  Math.max(50, Math.min(5_000, headersMs / 4));
