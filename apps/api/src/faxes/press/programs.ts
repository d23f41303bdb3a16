import { messageOf } from '@callwright/kernel';
import { apiError } from '../../errors.js';
import { NOT_INSTALLED, runLimited } from '../../platform/run-limited.js';

/** Of one program at work on a document: more than any honest document needs. */
const LIMITS = { seconds: 120, memoryKb: 1_500_000, fileBlocks: 1_000_000 } as const;

const PACKAGES = { gs: 'ghostscript', tiffcp: 'libtiff-tools', tiff2pdf: 'libtiff-tools', ffmpeg: 'ffmpeg' } as const;
export type Program = keyof typeof PACKAGES;

export interface Run {
  /** The folder that it works in; files are named relative to it. */
  readonly folder: string;
  readonly signal?: AbortSignal;
}

/** Rejects with `fax.bad-document` when the program does not end well, with `fax.no-converter` when it is missing. */
export async function runProgram(program: Program, args: readonly string[], { folder, signal }: Run): Promise<void> {
  const place = { cwd: folder, ...(signal && { signal }) };
  const { code, complaint } = await runLimited(program, args, LIMITS, place).catch((error: unknown) => {
    throw apiError('fax.bad-document', { reason: messageOf(error) });
  });
  if (code === 0) return;
  if (code === NOT_INSTALLED)
    throw apiError(
      'fax.no-converter',
      { program },
      `This document cannot be made ready for fax: install the Debian package ${PACKAGES[program]}.`,
    );
  throw unreadable(code === null ? 'it takes too much time or memory' : (complaint.split('\n')[0] ?? ''));
}

/** A document that cannot be faxed, and why. */
export const unreadable = (reason: string) =>
  apiError('fax.bad-document', { reason }, `The document cannot be made ready for fax: ${reason || 'it is damaged'}.`);
