import { readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readTiff, whyNotFaxable, type TiffPage } from '@callwright/fax';
import { messageOf } from '@callwright/kernel';
import { formatOf, LARGEST_TEXT } from './formats.js';
import { DOCUMENT_LIMITS, PAPER } from './limits.js';
import { runProgram, unreadable, type Run } from './programs.js';
import { drawPicture } from './raster.js';
import { drawTextPage, pagesOfText } from './text-pages.js';

/** A TIFF that goes on the fax line as it is: one page after the other in T.6. */
export interface Pressed {
  /** In the folder of the run. */
  readonly file: string;
  readonly pages: number;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Makes fax pages of a document: what is a fax page already keeps every pixel, everything else is drawn anew in fine resolution on A4.
 * `source` and the result lie in the run's folder. Throws `fax.bad-document` with the reason, `fax.no-converter`.
 */
export async function press(source: string, target: string, run: Run): Promise<Pressed> {
  const path = join(run.folder, source);
  if ((await stat(path)).size > DOCUMENT_LIMITS.maxBytes) throw unreadable('it is larger than 100 MB');
  switch (await formatOf(path)) {
    case 'tiff':
      return pressTiff(source, target, run);
    case 'pdf':
      return pressPdf(source, target, run);
    case 'png':
      return pressPages([(file) => drawPicture({ file: source, demuxer: 'png_pipe' }, file, run)], target, run);
    case 'jpeg':
      return pressPages([(file) => drawPicture({ file: source, demuxer: 'jpeg_pipe' }, file, run)], target, run);
    case 'text':
      return pressText(path, target, run);
  }
}

/** What a TIFF file says of its pages; every complaint is about the document. */
export async function pagesOf(path: string): Promise<readonly TiffPage[]> {
  const bytes = await readFile(path);
  try {
    return readTiff(bytes, DOCUMENT_LIMITS);
  } catch (error) {
    throw unreadable(messageOf(error).replace(/\.$/, ''));
  }
}

/** Pages of files one after the other, in T.6 with the leftmost pixel first. `file,2` is the third page of a file. */
export async function gather(files: readonly string[], target: string, run: Run): Promise<void> {
  await runProgram('tiffcp', ['-c', 'g4', '-f', 'msb2lsb', '-r', '100000', ...files, target], run);
}

async function pressTiff(source: string, target: string, run: Run): Promise<Pressed> {
  const pages = await pagesOf(join(run.folder, source));
  const draw = pages.map((page) => {
    if (whyNotFaxable(page) === null) return null;
    return (file: string) => drawPicture({ file: source, demuxer: 'tiff_pipe', page }, file, run);
  });
  if (draw.every((one) => one === null)) {
    await gather([source], target, run);
    return { file: target, pages: pages.length };
  }
  const files: string[] = [];
  for (const [index, one] of draw.entries()) {
    const file = one ? `${target}.${index}.tif` : `${source},${index}`;
    await one?.(file);
    files.push(file);
  }
  await gather(files, target, run);
  return { file: target, pages: files.length };
}

async function pressPdf(source: string, target: string, run: Run): Promise<Pressed> {
  const raw = `${target}.gs.tif`;
  const { width, xDpi, yDpi } = PAPER;
  await runProgram(
    'gs',
    [
      '-q',
      '-dSAFER',
      '-dNOPAUSE',
      '-dBATCH',
      '-sDEVICE=tiffg4',
      `-r${xDpi}x${yDpi}`,
      `-dAdjustWidth=1`,
      // A4 in points, on which pages of other sizes are drawn smaller or larger.
      '-dDEVICEWIDTHPOINTS=595',
      '-dDEVICEHEIGHTPOINTS=842',
      '-dFIXEDMEDIA',
      '-dPDFFitPage',
      '-dPDFSTOPONERROR',
      '-dLastPage=' + String(DOCUMENT_LIMITS.maxPages + 1),
      `-sOutputFile=${raw}`,
      source,
    ],
    run,
  ).catch((error: unknown) => {
    // What it says of a damaged file is for programmers.
    if ((error as { code?: string }).code === 'fax.no-converter') throw error;
    throw unreadable('it is damaged or protected by a password');
  });
  const pages = await stat(join(run.folder, raw)).then(
    () => pagesOf(join(run.folder, raw)),
    () => [],
  );
  if (pages.length === 0) throw unreadable('it has no page');
  if (pages.some((page) => page.width !== width)) throw unreadable('its pages do not fit on fax paper');
  await rename(join(run.folder, raw), join(run.folder, target));
  return { file: target, pages: pages.length };
}

async function pressText(path: string, target: string, run: Run): Promise<Pressed> {
  if ((await stat(path)).size > LARGEST_TEXT) throw unreadable('it is text of more than 2 MB');
  let text: string;
  try {
    text = decoder.decode(await readFile(path));
  } catch {
    throw unreadable('it is none of TIFF, PDF, PNG, JPEG and text in UTF-8');
  }
  const pages = pagesOfText(text);
  if (pages.length === 0) throw unreadable('it is empty');
  return pressPages(
    pages.map((lines) => (file) => drawTextPage(lines, file, run)),
    target,
    run,
  );
}

async function pressPages(
  draw: readonly ((file: string) => Promise<void>)[],
  target: string,
  run: Run,
): Promise<Pressed> {
  if (draw.length > DOCUMENT_LIMITS.maxPages) throw unreadable(`it has more than ${DOCUMENT_LIMITS.maxPages} pages`);
  const files: string[] = [];
  for (const [index, one] of draw.entries()) {
    const file = `${target}.${index}.tif`;
    await one(file);
    files.push(file);
  }
  await gather(files, target, run);
  return { file: target, pages: files.length };
}
