import { spawn } from 'node:child_process';

const LONGEST_COMPLAINT = 500;

/** What one run of a program may take. */
export interface RunLimits {
  readonly seconds: number;
  readonly memoryKb: number;
  /** Of a file that it writes, in blocks of 512 bytes. */
  readonly fileBlocks?: number;
}

export interface RunPlace {
  readonly cwd?: string;
  readonly signal?: AbortSignal;
}

export interface Ran {
  /** Null: it was killed. */
  readonly code: number | null;
  /** The beginning of what it wrote to its error output. */
  readonly complaint: string;
}

/** The exit code of a shell that finds no such program. */
export const NOT_INSTALLED = 127;

/** How ffmpeg is called on what a stranger made: it asks nothing, says only what went wrong, and takes one core. */
export const QUIET_FFMPEG: readonly string[] = ['-nostdin', '-v', 'error', '-threads', '1'];

/**
 * Runs a program on files that a stranger made: in a process of its own, without a shell's eyes on its arguments, with limits on time,
 * memory and what it writes. Rejects when no process can be started.
 */
export function runLimited(
  program: string,
  args: readonly string[],
  { seconds, memoryKb, fileBlocks }: RunLimits,
  { cwd, signal }: RunPlace = {},
): Promise<Ran> {
  const file = fileBlocks === undefined ? '' : ` -f ${fileBlocks}`;
  const limits = `ulimit -t ${seconds} -v ${memoryKb}${file}; command -v "$0" >/dev/null || exit ${NOT_INSTALLED}; exec "$0" "$@"`;
  const child = spawn('sh', ['-c', limits, program, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: seconds * 1000,
    killSignal: 'SIGKILL',
    ...(cwd !== undefined && { cwd }),
    ...(signal && { signal }),
  });
  let complaint = '';
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (text: string) => (complaint = (complaint + text).slice(0, LONGEST_COMPLAINT)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, complaint }));
  });
}
