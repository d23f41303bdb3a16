import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeTiff, type TiffPage } from '@callwright/fax';
import { QUIET_FFMPEG } from '../../platform/run-limited.js';
import { DOCUMENT_LIMITS, PAPER } from './limits.js';
import { runProgram, unreadable, type Run } from './programs.js';

/** How a page with an orientation tag (TIFF 6.0 section 8) is put upright. */
const UPRIGHT: Readonly<Record<number, string>> = {
  2: 'hflip,',
  3: 'hflip,vflip,',
  4: 'vflip,',
  5: 'transpose=0,',
  6: 'transpose=1,',
  7: 'transpose=3,',
  8: 'transpose=2,',
};

/** A picture, in the words of ffmpeg. */
export interface Picture {
  readonly file: string;
  readonly demuxer: 'png_pipe' | 'jpeg_pipe' | 'tiff_pipe';
  /** Of a TIFF: which page, and how it is turned. */
  readonly page?: Pick<TiffPage, 'page' | 'orientation' | 'bitsPerPixel'>;
}

/** Draws a picture on fax paper: as wide as the paper, or as high, and grey by dots. Writes `target`, a TIFF of one page. */
export async function drawPicture({ file, demuxer, page }: Picture, target: string, run: Run): Promise<void> {
  const raw = `${target}.raw`;
  const { width, height, xDpi, yDpi } = PAPER;
  // A pixel of fine resolution is a little wider than high, so the picture is made so as well.
  const fit = `scale=w='min(${width},${height}*${xDpi}/${yDpi}*dar)':h='min(${height},${width}*${yDpi}/${xDpi}/dar)':flags=area`;
  const filters = [
    `${UPRIGHT[page?.orientation ?? 1] ?? ''}format=gray`,
    fit,
    `pad=${width}:${height}:(ow-iw)/2:0:white`,
    'format=monow',
  ].join(',');
  await runProgram(
    'ffmpeg',
    [
      ...QUIET_FFMPEG,
      '-max_pixels',
      String(DOCUMENT_LIMITS.maxPixels),
      '-protocol_whitelist',
      'file',
      ...(page ? ['-page', String(page.page)] : []),
      // Black and white stays so: dots would make grey of its edges.
      '-sws_dither',
      page?.bitsPerPixel === 1 ? 'none' : 'ed',
      '-f',
      demuxer,
      '-i',
      `file:${file}`,
      '-vf',
      filters,
      '-frames:v',
      '1',
      '-f',
      'rawvideo',
      '-y',
      `file:${raw}`,
    ],
    run,
  );
  await takeRaw(raw, target, run);
}

/** One raw page of fax paper becomes a TIFF. */
export async function takeRaw(raw: string, target: string, { folder }: Run): Promise<void> {
  const { width, height, xDpi, yDpi } = PAPER;
  const bits = await readFile(join(folder, raw));
  if (bits.length !== (width / 8) * height) throw unreadable('it holds no picture');
  await writeFile(join(folder, target), writeTiff([{ width, height, bits, xDpi, yDpi }]));
  await rm(join(folder, raw));
}
