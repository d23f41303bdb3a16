import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type RequestHandler, type Response } from 'express';
import helmet from 'helmet';
import type { OpenAPIObject } from '@nestjs/swagger';
import { compressedFiles } from './compressed-files.js';

/** In the built page this stands where the nonce of each answer goes: styles that scripts add carry it. */
const NONCE_MARK = '__CSP_NONCE__';

/** Headers of every answer. No inline script and no inline style runs but under the nonce of that very answer. */
export const securityHeaders: RequestHandler = (request, response, next) => {
  const nonce = randomBytes(16).toString('base64');
  (response.locals as { nonce: string }).nonce = nonce;
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", `'nonce-${nonce}'`],
        styleSrc: ["'self'", `'nonce-${nonce}'`],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'", ...webSocketSources(request.headers.host)],
        workerSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    crossOriginEmbedderPolicy: false,
    strictTransportSecurity: request.secure,
    originAgentCluster: request.secure,
    crossOriginOpenerPolicy: request.secure,
    referrerPolicy: { policy: 'no-referrer' },
  })(request, response, next);
};

/** Older browsers do not take `'self'` for a WebSocket. */
const webSocketSources = (host: string | undefined) =>
  host !== undefined && /^[\w.:[\]-]+$/.test(host) ? [`ws://${host}`, `wss://${host}`] : [];

/** The built designer: its files, and its one page for every address that is the designer's own (`/setup`, `/scenarios/…`). */
export function serveDesigner(app: NestExpressApplication, folder: string): void {
  const page = join(folder, 'index.html');
  if (!existsSync(page)) return;
  app.use('/assets', compressedFiles(join(folder, 'assets'), { immutable: true, maxAge: '1y' }));
  app.use(express.static(folder, { index: false, maxAge: '1h' }));
  app.use(((request, response, next) => {
    const isPage =
      request.method === 'GET' && !/^\/(api|health|metrics|live|socket\.io|assets)(\/|$)/.test(request.path);
    // Read anew for each visit: a build while we run gives its assets new names.
    if (isPage && request.accepts('html')) readFile(page, 'utf8').then((html) => sendPage(response, html), next);
    else next();
  }) satisfies RequestHandler);
}

function sendPage(response: Response, html: string): void {
  const { nonce } = response.locals as { nonce: string };
  response.setHeader('Cache-Control', 'no-store');
  response.type('html').send(html.replaceAll(NONCE_MARK, nonce));
}

/** The OpenAPI file, and a page that shows it. */
export function serveApiDocs(app: NestExpressApplication, document: OpenAPIObject): void {
  const require = createRequire(import.meta.url);
  const files = dirname(require.resolve('swagger-ui-dist/package.json'));
  const { express: router } = { express: app.getHttpAdapter().getInstance() as express.Express };
  router.get('/api/openapi.json', (_request, response) => void response.json(document));
  router.get('/api/docs', (_request, response) => {
    response.type('html').send(DOCS_PAGE);
  });
  router.get('/api/docs/start.js', (_request, response) => {
    response.type('js').send(`SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#docs', deepLinking: true });`);
  });
  router.use('/api/docs', express.static(files, { index: false }));
}

const DOCS_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Callwright API</title>
    <link rel="stylesheet" href="/api/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="docs"></div>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/start.js"></script>
  </body>
</html>
`;
