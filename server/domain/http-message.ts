/** The request and response shapes that the network port and the in-process sandboxes share. */

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  /** Absolute, query included. */
  url: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body?: Uint8Array | string;
}

export interface HttpResponse {
  status: number;
  /** Names in lower case; repeated fields joined by ", " (set-cookie by newline). */
  headers: Record<string, string>;
  /** The bytes as they came: still encoded when `content-encoding` says so. */
  body: Uint8Array;
}
