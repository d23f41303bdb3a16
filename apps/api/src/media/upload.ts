import { rm } from 'node:fs/promises';
import type { Request, Response } from 'express';
import multer, { diskStorage } from 'multer';
import { apiError, invalid } from '../errors.js';

const LARGEST_UPLOAD = 100 * 1024 * 1024;

export interface Upload {
  /** Where it lies; the caller removes it. */
  readonly path: string;
  /** The last part of the name that the sender gave. */
  readonly fileName: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Receives one file named `file` into `folder`, under a name of our own. */
export async function receiveFile(request: Request, response: Response, folder: string): Promise<Upload> {
  if (!request.is('multipart/form-data'))
    throw apiError('input.unsupported-type', {}, 'Send multipart/form-data with a part named file.');
  const receive = multer({
    storage: diskStorage({ destination: folder }),
    limits: {
      fileSize: LARGEST_UPLOAD,
      files: 1,
      fields: 10,
      fieldSize: 10_000,
      fieldNameSize: 100,
      parts: 20,
      headerPairs: 50,
    },
    defParamCharset: 'utf8',
  }).single('file');
  await new Promise<void>((resolve, reject) => {
    receive(request, response, (error: unknown) => {
      if (!error) resolve();
      else if (error instanceof multer.MulterError) reject(error);
      // Anything else that the parser throws is about what was sent.
      else reject(invalid([{ path: '', message: 'the body is not multipart/form-data' }]));
    });
  });
  const { file } = request;
  if (!file) throw invalid([{ path: 'file', message: 'is missing' }]);
  return {
    path: file.path,
    fileName: file.originalname.split(/[\\/]/).at(-1) ?? '',
    fields: (request.body ?? {}) as Record<string, unknown>,
  };
}

/** Gives the upload to `use` and removes it whatever happens. */
export async function withUpload<T>(upload: Upload, use: (upload: Upload) => Promise<T>): Promise<T> {
  try {
    return await use(upload);
  } finally {
    await rm(upload.path, { force: true });
  }
}
