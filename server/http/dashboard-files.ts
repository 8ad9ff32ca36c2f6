/** Serves the built dashboard: its page with the nonce of the answer, its hashed files for ever. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { type RequestHandler } from 'express';
import { nonceOf } from './security-headers.ts';

export function dashboardFiles(folder: string): RequestHandler[] {
  return [
    async (request, response, next) => {
      const isPage = request.path === '/' || request.path === '/index.html';
      if (!isPage || !['GET', 'HEAD'].includes(request.method)) return next();
      const page = await readFile(join(folder, 'index.html'), 'utf8');
      const nonce = nonceOf(response);
      response
        .type('html')
        .send(
          page.replace(
            /<(script|style|link rel="(?:stylesheet|modulepreload)")(?=[\s>])/g,
            `<$1 nonce="${nonce}"`,
          ),
        );
    },
    express.static(folder, {
      index: false,
      setHeaders: (response) => response.setHeader('cache-control', 'public, max-age=31536000, immutable'),
    }),
  ];
}
