/** A server with short limits and three slow callers, as a process of its own; says what each was told, as one line of JSON. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { checksEvery, limitServer } from '../../server/http/limit-server.ts';

const limits = { headersMs: 150, requestMs: 300, idleMs: 200 };
const server = createServer({ connectionsCheckingInterval: checksEvery(limits) }, (request, response) => {
  request.resume();
  request.on('end', () => response.end('done'));
});
limitServer(server, limits);
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;

/** The first line that the server says before it hangs up on a caller who sends a little again and again. */
async function hungUp(first: string, drip: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (bytes) => {
    text += String(bytes);
  });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(first);
  const timer = setInterval(() => drip !== '' && socket.writable && socket.write(drip), 20);
  // A reset is an end too: what the server said may be lost with it.
  await new Promise<void>((resolve) => socket.once('close', () => resolve()));
  clearInterval(timer);
  return text.split('\r\n')[0] ?? '';
}

const said = {
  headers: await hungUp('GET / HTTP/1.1\r\nHost: x\r\n', 'X-A: b\r\n'),
  body: await hungUp('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n', 'a'),
  nothing: await hungUp('GET / HTTP/1.1\r\nHost: x\r\n\r\n', ''),
};
process.stdout.write(`${JSON.stringify(said)}\n`);
server.close();
