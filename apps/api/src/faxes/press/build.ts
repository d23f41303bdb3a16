import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pixelsFromTop, withPageNumbers, writeTiff, type FaxBuild, type FaxPageText } from '@callwright/fax';
import { drawCover } from './cover.js';
import { DOCUMENT_LIMITS, PAPER } from './limits.js';
import { gather, pagesOf, type Pressed } from './press.js';
import { runProgram, unreadable, type Run } from './programs.js';
import { drawWords, MARGIN, type Words } from './typeset.js';

/** A line of text on a page, in inches. */
const TEXT_HEIGHT = 0.17;
/** What `replace` removes: the line and a little around it. */
const BAND_HEIGHT = 0.2;

/**
 * Makes a document of others. `documents` and `inserts` name pressed files in the run's folder, by the names that the request has.
 * Throws `fax.bad-document` when a page is named that there is not.
 */
export async function build(
  { documents, inserts, cover, texts }: FaxBuild,
  files: ReadonlyMap<string, Pressed>,
  target: string,
  run: Run,
): Promise<Pressed> {
  const pagesIn = (name: string): string[] => {
    const pressed = files.get(name);
    if (!pressed) throw unreadable(`"${name}" is missing`);
    return Array.from({ length: pressed.pages }, (_, page) => `${pressed.file},${page}`);
  };
  let pages = documents.flatMap(pagesIn);
  for (const { document, before } of inserts) {
    if (before > pages.length + 1)
      throw unreadable(`page ${before}, before which "${document}" is to be put, does not exist`);
    pages = [...pages.slice(0, before - 1), ...pagesIn(document), ...pages.slice(before - 1)];
  }
  if (cover) {
    await drawCover(cover, pages.length, `${target}.cover.tif`, run);
    pages = [`${target}.cover.tif`, ...pages];
  }
  if (pages.length === 0) throw unreadable('nothing was put into it');
  if (pages.length > DOCUMENT_LIMITS.maxPages) throw unreadable(`it has more than ${DOCUMENT_LIMITS.maxPages} pages`);
  for (const text of texts) {
    const missing = text.pages.find((page) => page > pages.length);
    if (missing !== undefined) throw unreadable(`page ${missing}, which is to get a text, does not exist`);
  }
  const done: string[] = [];
  for (const [index, page] of pages.entries()) {
    const own = texts.filter((text) => text.pages.length === 0 || text.pages.includes(index + 1));
    done.push(own.length === 0 ? page : await write(own, page, { page: index + 1, pages: pages.length }, target, run));
  }
  await gather(done, target, run);
  return { file: target, pages: pages.length };
}

/** Puts lines of text on one page; every other row of it stays as it is. */
async function write(
  texts: readonly FaxPageText[],
  source: string,
  { page, pages }: { readonly page: number; readonly pages: number },
  target: string,
  run: Run,
): Promise<string> {
  const plain = `${target}.${page}.plain.tif`;
  await runProgram('tiffcp', ['-c', 'none', '-f', 'msb2lsb', '-r', '100000', source, plain], run);
  const path = join(run.folder, plain);
  const [facts] = await pagesOf(path);
  if (!facts) throw unreadable('it has no page');
  const { width, height } = facts;
  const xDpi = facts.xDpi ?? PAPER.xDpi;
  const yDpi = facts.yDpi ?? PAPER.yDpi;
  const file = await readFile(path);
  const rows = rowsOf(file, facts.bytes, facts.zeroIs === 'black');
  for (const [index, text] of texts.entries()) {
    const top = pixelsFromTop(text, yDpi);
    const bandHeight = Math.round(BAND_HEIGHT * yDpi);
    if (top + bandHeight > height)
      throw unreadable(`a text ${text.fromTop} ${text.unit} from the top is not on page ${page}`);
    // Letters are drawn as wide as they are high in square pixels, and pressed flat where the page's pixels are not.
    const size = Math.round(TEXT_HEIGHT * xDpi);
    const drawnHeight = Math.round(BAND_HEIGHT * xDpi);
    const words: Words[] = (['left', 'centre', 'right'] as const).map((place) => ({
      text: withPageNumbers(text[place], page, pages),
      font: 'sans',
      size,
      x: place === 'left' ? MARGIN : place,
      y: 0,
    }));
    const band = `${target}.${page}.${index}.raw`;
    await drawWords(words, drawnHeight, band, run, width);
    blend(rows, await readFile(join(run.folder, band)), {
      width,
      top,
      bandHeight,
      drawnHeight,
      replace: text.mode === 'replace',
    });
  }
  const written = `${target}.${page}.text.tif`;
  await writeFile(join(run.folder, written), writeTiff([{ width, height, bits: rows, xDpi, yDpi }]));
  return written;
}

interface Band {
  readonly width: number;
  readonly top: number;
  readonly bandHeight: number;
  readonly drawnHeight: number;
  readonly replace: boolean;
}

function blend(rows: Uint8Array, band: Uint8Array, { width, top, bandHeight, drawnHeight, replace }: Band): void {
  const stride = Math.ceil(width / 8);
  for (let y = 0; y < bandHeight; y++) {
    const at = (top + y) * stride;
    if (replace) rows.fill(0, at, at + stride);
    const first = Math.floor((y * drawnHeight) / bandHeight);
    const end = Math.max(first + 1, Math.floor(((y + 1) * drawnHeight) / bandHeight));
    for (let from = first; from < end; from++)
      for (let n = 0; n < stride; n++) rows[at + n]! |= band[from * stride + n]!;
  }
}

/** The rows of a file that `tiffcp` wrote without compression: one strip behind the header. */
function rowsOf(file: Uint8Array, bytes: number, inverted: boolean): Uint8Array {
  const HEADER_BYTES = 8;
  const rows = file.slice(HEADER_BYTES, HEADER_BYTES + bytes);
  if (inverted) for (let n = 0; n < rows.length; n++) rows[n]! ^= 0xff;
  return rows;
}
