import { PAPER } from './limits.js';
import { takeRaw } from './raster.js';
import { drawWords, MARGIN, type Words } from './typeset.js';
import type { Run } from './programs.js';

const COLUMNS = 80;
const FONT_SIZE = 30;
const LINE_HEIGHT = 38;
const TOP = 150;
const LINES = Math.floor((PAPER.height - 2 * TOP) / LINE_HEIGHT);
const TAB = 8;

/** Breaks text into lines of at most so many characters, at blanks where there are any; a form feed begins a page. */
export function pagesOfText(text: string, columns = COLUMNS, linesOfPage = LINES): string[][] {
  const pages: string[][] = [];
  for (const sheet of text.replace(/\r\n?/g, '\n').split('\f')) {
    const lines = sheet
      .split('\n')
      .flatMap((line) => wrapped(line.replaceAll('\t', ' '.repeat(TAB)).trimEnd(), columns));
    while (lines.at(-1) === '') lines.pop();
    for (let at = 0; at < lines.length; at += linesOfPage) pages.push(lines.slice(at, at + linesOfPage));
  }
  return pages;
}

export function wrapped(line: string, columns: number): string[] {
  const letters = [...line];
  const lines: string[] = [];
  let from = 0;
  while (letters.length - from > columns) {
    const blank = letters.lastIndexOf(' ', from + columns);
    const to = blank > from ? blank : from + columns;
    lines.push(letters.slice(from, to).join(''));
    from = letters[to] === ' ' ? to + 1 : to;
  }
  return [...lines, letters.slice(from).join('')];
}

/** Draws lines on one page. */
export async function drawTextPage(lines: readonly string[], target: string, run: Run): Promise<void> {
  const words = lines.map((text, index): Words => ({
    text,
    font: 'mono',
    size: FONT_SIZE,
    x: MARGIN,
    y: TOP + index * LINE_HEIGHT,
  }));
  await drawWords(words, PAPER.height, `${target}.raw`, run);
  await takeRaw(`${target}.raw`, target, run);
}
