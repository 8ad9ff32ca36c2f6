/** A process that answers for Xero with the same 20 pages of 1,000 invoices again and again, gzipped once: it costs the reader nothing but the wire. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { caller } from '../sandbox/xero/caller.ts';

const { get } = await caller({ size: 'medium' });
const pages: Buffer[] = [];
for (let page = 1; page <= 20; page += 1) {
  const { text } = await get(`Invoices?page=${page}&pageSize=1000&order=InvoiceID&unitdp=4`);
  pages.push(gzipSync(text));
}
const server = createServer((request, response) => {
  const page = Number(new URL(request.url ?? '/', 'http://localhost').searchParams.get('page') ?? 1);
  const body = pages[(page - 1) % pages.length] ?? Buffer.alloc(0);
  const headers = { 'content-type': 'application/json; charset=utf-8', 'content-encoding': 'gzip' };
  response.writeHead(200, { ...headers, 'content-length': body.length }).end(body);
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ ready: { origin: `http://127.0.0.1:${port}` } })}\n`);
});
process.once('SIGTERM', () => process.exit(0));
