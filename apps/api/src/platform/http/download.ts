import type { Response } from 'express';

/** The browser saves it and does not show it, whatever it holds (S5). RFC 6266: the name in ASCII, and in full for those who read it. */
export function asDownload(response: Response, fileName: string): void {
  const ascii = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  response.setHeader(
    'Content-Disposition',
    `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
  );
  response.setHeader('Cache-Control', 'private, no-store');
}
