import { readFileSync, writeFileSync } from 'node:fs';
import koffi from 'koffi';
import { readTiff, writeTiff, type Bitmap } from '@callwright/fax';

/** A page with something of everything: white, black, fine lines, circles, noise; the same for the same seed. */
export function chart(seed: number, { width = 1728, height = 300, yDpi = 196 } = {}): Bitmap {
  const stride = width / 8;
  const bits = new Uint8Array(stride * height);
  let state = seed + 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const circle = Math.abs(Math.hypot(x - 500, y - height / 2) - 60 - seed * 10) < 2;
      const grid = x > 900 && x < 1300 && (x % 16 === 0 || y % 16 === 0);
      const letters = y % 40 > 20 && ((x >> 2) * 7919 + (y >> 2) * 104_729 + seed) % 13 === 0 && x < 400;
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      const noise = x > 1500 && y < 40 && state >>> 28 === 0;
      if (circle || grid || letters || noise || (x > 1400 && x < 1450)) bits[y * stride + (x >> 3)]! |= 0x80 >> (x & 7);
    }
  }
  return { width, height, bits, xDpi: 204, yDpi };
}

export const writeChart = (file: string, pages: readonly Bitmap[]): void => writeFileSync(file, writeTiff(pages));

/** The pixels of every page, decoded by libtiff (the library that spandsp itself reads files with), each as `width x height: bits`. */
export function pixelsOf(file: string): { width: number; height: number; bits: Uint8Array }[] {
  const tiff = koffi.load('libtiff.so.6');
  const open = tiff.func('void *TIFFOpen(str name, str mode)');
  const close = tiff.func('void TIFFClose(void *tiff)');
  const turn = tiff.func('int TIFFSetDirectory(void *tiff, uint16_t page)');
  const scanline = tiff.func('int TIFFReadScanline(void *tiff, void *row, uint32_t y, uint16_t sample)');
  const handle = open(file, 'r') as unknown;
  if (handle === null) throw new Error(`${file} cannot be opened`);
  try {
    return readTiff(readFileSync(file)).map(({ width, height, page, zeroIs }) => {
      turn(handle, page - 1);
      const stride = Math.ceil(width / 8);
      const bits = new Uint8Array(stride * height);
      const row = new Uint8Array(stride);
      for (let y = 0; y < height; y++) {
        if (scanline(handle, row, y, 0) < 0) throw new Error(`Row ${y} of page ${page} cannot be read`);
        for (let n = 0; n < stride; n++) bits[y * stride + n] = zeroIs === 'white' ? row[n]! : row[n]! ^ 0xff;
      }
      return { width, height, bits };
    });
  } finally {
    close(handle);
  }
}
