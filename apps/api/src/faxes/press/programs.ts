import { spawn } from 'node:child_process';
import { messageOf } from '@callwright/kernel';
import { apiError } from '../../errors.js';

/** Of one program at work on a document: more than any honest document needs. */
const TIME_LIMIT_S = 120;
const MEMORY_LIMIT_KB = 1_500_000;
/** Of a file that it writes, in blocks of 512 bytes. */
const FILE_LIMIT_BLOCKS = 1_000_000;
const LONGEST_COMPLAINT = 500;

const PACKAGES = { gs: 'ghostscript', tiffcp: 'libtiff-tools', tiff2pdf: 'libtiff-tools', ffmpeg: 'ffmpeg' } as const;
export type Program = keyof typeof PACKAGES;

export interface Run {
  /** The folder that it works in; files are named relative to it. */
  readonly folder: string;
  readonly signal?: AbortSignal;
}

/**
 * Runs a program on files that a stranger made: in a process of its own, without a shell's eyes on its arguments, with limits on time,
 * memory and what it writes. Rejects with `fax.bad-document` when it does not end well, with `fax.no-converter` when it is missing.
 */
export function runProgram(program: Program, args: readonly string[], { folder, signal }: Run): Promise<void> {
  const limits = `ulimit -t ${TIME_LIMIT_S} -v ${MEMORY_LIMIT_KB} -f ${FILE_LIMIT_BLOCKS}; command -v "$0" >/dev/null || exit 127; exec "$0" "$@"`;
  const child = spawn('sh', ['-c', limits, program, ...args], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: TIME_LIMIT_S * 1000,
    killSignal: 'SIGKILL',
    ...(signal && { signal }),
  });
  let complaint = '';
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (text: string) => (complaint = (complaint + text).slice(0, LONGEST_COMPLAINT)));
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(apiError('fax.bad-document', { reason: messageOf(error) })));
    child.once('close', (code, killed) => {
      if (code === 0) resolve();
      else if (code === 127)
        reject(
          apiError(
            'fax.no-converter',
            { program },
            `This document cannot be made ready for fax: install the Debian package ${PACKAGES[program]}.`,
          ),
        );
      else reject(unreadable(killed ? 'it takes too much time or memory' : (complaint.split('\n')[0] ?? '')));
    });
  });
}

/** A document that cannot be faxed, and why. */
export const unreadable = (reason: string) =>
  apiError('fax.bad-document', { reason }, `The document cannot be made ready for fax: ${reason || 'it is damaged'}.`);
