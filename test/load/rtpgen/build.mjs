import { execFile } from 'node:child_process';
import { mkdir, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SOURCE = fileURLToPath(new URL('./rtpgen.c', import.meta.url));
const FOLDER = fileURLToPath(new URL('../../../node_modules/.cache/callwright/', import.meta.url));
const PROGRAM = `${FOLDER}rtpgen`;

/**
 * Compiles the RTP generator with the machine's own compiler when its source is newer than the program.
 * Gives `{ program }`, or `{ reason }` where there is no compiler: what needs it is then skipped with that reason.
 */
export async function buildRtpgen() {
  const [source, program] = await Promise.all([stat(SOURCE), stat(PROGRAM).catch(() => null)]);
  if (program && program.mtimeMs > source.mtimeMs) return { program: PROGRAM };
  await mkdir(FOLDER, { recursive: true });
  try {
    await run(process.env.CC ?? 'cc', ['-O2', '-Wall', '-Wextra', '-o', PROGRAM, SOURCE]);
    return { program: PROGRAM };
  } catch (error) {
    return {
      reason: error.code === 'ENOENT' ? 'no C compiler (apt install gcc)' : `rtpgen does not compile: ${error.stderr}`,
    };
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(await buildRtpgen()));
