import { QUIET_FFMPEG } from '../../platform/run-limited.js';
import { runProgram, type Run } from './programs.js';

/** The same pages as a PDF; every pixel of them is in it. */
export async function asPdf(source: string, target: string, run: Run): Promise<void> {
  await runProgram('tiff2pdf', ['-o', target, source], run);
}

/** One page as a PNG of that width; pixels that are no squares (standard and fine resolution) are made so. */
export async function asPng(
  source: string,
  page: number,
  { width, xDpi, yDpi }: { readonly width: number; readonly xDpi: number; readonly yDpi: number },
  target: string,
  run: Run,
): Promise<void> {
  await runProgram(
    'ffmpeg',
    [
      ...QUIET_FFMPEG,
      '-protocol_whitelist',
      'file',
      '-page',
      String(page),
      '-f',
      'tiff_pipe',
      '-i',
      `file:${source}`,
      '-vf',
      `format=gray,scale=${width}:round(ih*${xDpi}/${yDpi}*${width}/iw):flags=area,setsar=1`,
      '-frames:v',
      '1',
      '-y',
      `file:${target}`,
    ],
    run,
  );
}
