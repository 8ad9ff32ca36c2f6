/** A TCP server that answers each request with exactly the bytes it is told, whole or cut. */
import { createServer, type Socket } from 'node:net';

export interface RawServer {
  url: string;
  /** What came in, one text per request. */
  requests: string[];
  /** Connections opened so far. */
  connections(): number;
  /** Connections open now. */
  open(): number;
  close(): Promise<void>;
}

/** `answer` is called once the head of a request has come; it writes to the socket, ends it, destroys it, or lets it hang. */
export const rawServer = async (answer: (socket: Socket, request: string) => void): Promise<RawServer> => {
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  let opened = 0;
  const server = createServer((socket) => {
    opened += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.on('data', (data) => {
      requests.push(data.toString('latin1'));
      answer(socket, data.toString('latin1'));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    connections: () => opened,
    open: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
};
