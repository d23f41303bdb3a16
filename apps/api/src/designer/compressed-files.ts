import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import express, { type RequestHandler } from 'express';

const ENDINGS = { br: '.br', gzip: '.gz' } as const;

/**
 * The files of one folder, of which the build has put compressed copies beside them (`app.js.br`, `app.js.gz`): who takes such an
 * encoding gets the copy. To compress as we go would cost some 100 ms for each visitor.
 */
export function compressedFiles(
  folder: string,
  options: { readonly maxAge: string; readonly immutable?: boolean },
): RequestHandler {
  const files = express.static(folder, { ...options, index: false, fallthrough: true });
  return (request, response, next) => {
    const encoding = request.acceptsEncodings(['br', 'gzip', 'identity']);
    // Plain names alone: no path leads out of the folder.
    const name = /^\/[\w.-]+\.\w+$/.exec(request.path)?.[0];
    const copy = name !== undefined && (encoding === 'br' || encoding === 'gzip') && `${name}${ENDINGS[encoding]}`;
    if (!name || !copy || !existsSync(join(folder, copy))) return files(request, response, next);
    response.type(extname(name));
    response.setHeader('Content-Encoding', encoding as string);
    response.vary('Accept-Encoding');
    request.url = copy;
    files(request, response, next);
  };
}
