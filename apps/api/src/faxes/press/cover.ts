import type { FaxCover } from '@callwright/fax';
import { PAPER } from './limits.js';
import type { Run } from './programs.js';
import { takeRaw } from './raster.js';
import { wrapped } from './text-pages.js';
import { drawWords, type Words } from './typeset.js';

const LEFT = 200;
const VALUES = 480;
const TITLE_SIZE = 110;
const TEXT_SIZE = 38;
const LINE_HEIGHT = 56;
const COLUMNS = 68;

/** The first page of a fax: who it is for, who from, what about, and how many pages follow. */
export async function drawCover(cover: FaxCover, pagesBehind: number, target: string, run: Run): Promise<void> {
  const words: Words[] = [{ text: 'Fax', font: 'bold', size: TITLE_SIZE, x: LEFT, y: 240 }];
  let y = 480;
  for (const [label, value] of [
    ['To', cover.to],
    ['From', cover.from],
    ['Subject', cover.subject],
    ['Pages', pagesBehind === 0 ? '1' : `${pagesBehind + 1}, this one included`],
  ] as const) {
    if (value.trim() === '') continue;
    words.push({ text: label, font: 'bold', size: TEXT_SIZE, x: LEFT, y });
    for (const line of wrapped(value.replace(/\s+/g, ' '), COLUMNS - 14)) {
      words.push({ text: line, font: 'sans', size: TEXT_SIZE, x: VALUES, y });
      y += LINE_HEIGHT;
    }
  }
  y += LINE_HEIGHT;
  for (const line of cover.message
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .flatMap((text) => wrapped(text, COLUMNS))) {
    if (y + LINE_HEIGHT > PAPER.height - LEFT) break;
    words.push({ text: line, font: 'sans', size: TEXT_SIZE, x: LEFT, y });
    y += LINE_HEIGHT;
  }
  await drawWords(words, PAPER.height, `${target}.raw`, run);
  await takeRaw(`${target}.raw`, target, run);
}
