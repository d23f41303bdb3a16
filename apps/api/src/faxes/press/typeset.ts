import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { QUIET_FFMPEG } from '../../platform/run-limited.js';
import { PAPER } from './limits.js';
import { runProgram, type Run } from './programs.js';
import { apiError } from '../../errors.js';

const FONTS = {
  mono: [
    '/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf',
    '/usr/share/fonts/opentype/urw-base35/NimbusMonoPS-Regular.otf',
  ],
  sans: [
    '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf',
    '/usr/share/fonts/opentype/urw-base35/NimbusSans-Regular.otf',
  ],
  bold: [
    '/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf',
    '/usr/share/fonts/opentype/urw-base35/NimbusSans-Bold.otf',
  ],
} as const;
type Font = keyof typeof FONTS;

/** A line of text somewhere on a picture, in pixels. */
export interface Words {
  readonly text: string;
  readonly font: Font;
  readonly size: number;
  /** From the left edge; or where it stands on the line. */
  readonly x: number | 'centre' | 'right';
  readonly y: number;
}

/** Left and right of a line. */
export const MARGIN = 100;

function fontFile(font: Font): string {
  const found = FONTS[font].find((path) => existsSync(path));
  if (found) return found;
  throw apiError(
    'fax.no-converter',
    { program: 'font' },
    'Text cannot be drawn: install the Debian package fonts-dejavu-core.',
  );
}

/** Draws texts on white, in black: `target` holds the raw rows, 1 is black. Any letters that the font has, in files so that nothing is a command. */
export async function drawWords(
  words: readonly Words[],
  height: number,
  target: string,
  run: Run,
  width: number = PAPER.width,
): Promise<void> {
  const drawn = await Promise.all(
    words
      .filter(({ text }) => text.trim() !== '')
      .map(async ({ text, font, size, x, y }, index) => {
        const file = `${target}.${index}.txt`;
        await writeFile(join(run.folder, file), text.replace(/[\p{Cc}\p{Cf}]/gu, ' '));
        const left = x === 'centre' ? '(w-text_w)/2' : x === 'right' ? `w-text_w-${MARGIN}` : String(x);
        // Every line of a size stands on the same base, whatever letters it has.
        return `drawtext=fontfile=${fontFile(font)}:textfile=${file}:expansion=none:fontcolor=black:fontsize=${size}:x=${left}:y=${y}+${size}-max_glyph_a`;
      }),
  );
  await runProgram(
    'ffmpeg',
    [
      ...QUIET_FFMPEG,
      '-sws_dither',
      'none',
      '-f',
      'lavfi',
      '-i',
      `color=white:size=${width}x${height}`,
      '-vf',
      ['format=gray', ...drawn, 'format=monow'].join(','),
      '-frames:v',
      '1',
      '-f',
      'rawvideo',
      '-y',
      `file:${target}`,
    ],
    run,
  );
}
