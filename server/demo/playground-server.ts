/** Serves the playground's page, and passes its questions on to the two sandboxes, so that one address is enough. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import express, { type RequestHandler } from 'express';
import { z } from 'zod';
import { keptMailText } from './kept-mail-text.ts';
import { controlGoogle } from './sandbox-control.ts';
import type { SandboxReady } from './world.ts';

export interface PlaygroundOptions {
  sandbox: SandboxReady;
  pageFolder: string;
  panelUrl: string;
  port: number;
  /** Where the server keeps the mail that it would send. */
  mailFolder: string;
}

const stateSchema = z.object({
  spreadsheets: z.array(z.object({ spreadsheetId: z.string(), title: z.string() })),
});

export async function servePlayground(options: PlaygroundOptions): Promise<Server> {
  const { sandbox } = options;
  const app = express();
  app.disable('x-powered-by');
  app.get('/playground.json', async (_request, response) => {
    const state = stateSchema.parse(await (await fetch(`${sandbox.google.origin}/sandbox/state`)).json());
    response.json({
      panelUrl: options.panelUrl,
      spreadsheets: state.spreadsheets.map(({ spreadsheetId, title }) => ({ id: spreadsheetId, title })),
    });
  });
  app.use('/sandbox/xero', passOn(`${sandbox.xero.origin}/sandbox`));
  app.use('/sandbox/google', passOn(`${sandbox.google.origin}/sandbox`));
  app.get('/mail', async (_request, response) => {
    response.type('text/plain').send(await keptMailText(options.mailFolder));
  });
  app.use(express.static(options.pageFolder));
  const server = app.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** Only the sandbox's own addresses are ever reached: the path is appended to its origin. */
function passOn(base: string): RequestHandler {
  return async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const answer = await fetch(`${base}${request.url}`, {
      method: request.method,
      ...(chunks.length === 0
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: Buffer.concat(chunks) }),
    });
    response
      .status(answer.status)
      .type(answer.headers.get('content-type') ?? 'application/json')
      .send(Buffer.from(await answer.arrayBuffer()));
  };
}

/** A spreadsheet that the person had already, with a formula and a note of theirs, picked for Foliokeep. */
export async function makeOwnSpreadsheet(sandbox: SandboxReady, email: string): Promise<string> {
  const made = z.object({ spreadsheetId: z.string() }).parse(
    await controlGoogle(sandbox, {
      action: 'createSpreadsheet',
      owner: email,
      title: 'My books',
      tabs: [
        {
          title: 'My notes',
          rows: 60,
          columns: 12,
          values: [
            ['My own notes', ''],
            ['Foliokeep writes into tabs of its own. This one stays as it is.', ''],
            ['', ''],
            ['Cash in the till', 120],
            ['Petty cash', 80],
            ['Together', '=SUM(B4:B5)'],
          ],
        },
      ],
    }),
  );
  await controlGoogle(sandbox, { action: 'pickFile', user: email, spreadsheetId: made.spreadsheetId });
  return made.spreadsheetId;
}
