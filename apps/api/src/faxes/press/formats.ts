import { open } from 'node:fs/promises';
import { unreadable } from './programs.js';

export const DOCUMENT_FORMATS = ['tiff', 'pdf', 'png', 'jpeg', 'text'] as const;
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];

const HEAD_BYTES = 1024;
/** Text is read whole. */
export const LARGEST_TEXT = 2 * 1024 * 1024;

const startsWith = (bytes: Uint8Array, ...start: number[]) => start.every((byte, at) => bytes[at] === byte);

/** What a file is, by its content and not by its name. Throws `fax.bad-document`. */
export async function formatOf(path: string): Promise<DocumentFormat> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const head = buffer.subarray(0, bytesRead);
    if (startsWith(head, 0x49, 0x49, 42, 0) || startsWith(head, 0x4d, 0x4d, 0, 42)) return 'tiff';
    if (startsWith(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
    if (startsWith(head, 0xff, 0xd8, 0xff)) return 'jpeg';
    // PDF readers look for the mark within the first kilobyte (ISO 32000 annex H).
    if (head.includes('%PDF-')) return 'pdf';
    if (bytesRead > 0 && !head.includes(0)) return 'text';
  } finally {
    await file.close();
  }
  throw unreadable('it is none of TIFF, PDF, PNG, JPEG and text');
}
