import { CallwrightError } from '@callwright/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTiff, whyNotFaxable } from './tiff.js';
import { writeTiff, type Bitmap } from './write.js';

const page = (width = 1728, height = 16, xDpi = 204, yDpi = 196): Bitmap => ({
  width,
  height,
  xDpi,
  yDpi,
  bits: new Uint8Array(Math.ceil(width / 8) * height).fill(0x5a),
});
const reasonOf = (bytes: Uint8Array, limits?: Parameters<typeof readTiff>[1]): string => {
  try {
    readTiff(bytes, limits);
    return 'none';
  } catch (error) {
    if (error instanceof CallwrightError && error.code === 'fax.bad-tiff') return String(error.details['reason']);
    throw error;
  }
};
const changed = (bytes: Uint8Array, at: number, value: number): Uint8Array => {
  const copy = bytes.slice();
  new DataView(copy.buffer).setUint32(at, value, true);
  return copy;
};
/** Where the value of a tag is, in the first directory. */
function valueAt(bytes: Uint8Array, tag: number): number {
  const view = new DataView(bytes.buffer);
  const at = view.getUint32(4, true);
  for (let n = 0; n < view.getUint16(at, true); n++) {
    if (view.getUint16(at + 2 + n * 12, true) === tag) return at + 2 + n * 12 + 8;
  }
  throw new Error('no such tag');
}

describe('a TIFF file', () => {
  it('says what its pages are', () => {
    expect(readTiff(writeTiff([page(), page(2432, 20, 204, 98)]))).toEqual([
      {
        page: 1,
        width: 1728,
        height: 16,
        xDpi: 204,
        yDpi: 196,
        compression: 'none',
        fillOrder: 'msb-first',
        orientation: 1,
        bitsPerPixel: 1,
        zeroIs: 'white',
        bytes: 216 * 16,
      },
      expect.objectContaining({ page: 2, width: 2432, height: 20, yDpi: 98 }),
    ]);
  });

  it('goes on the line as it is only with the widths and resolutions of fax', () => {
    const [narrow, wide, photo] = readTiff(writeTiff([page(1728), page(1700), page(1728, 16, 72, 72)]));
    expect(whyNotFaxable(narrow!)).toBeNull();
    expect(whyNotFaxable(wide!)).toMatch(/width/);
    expect(whyNotFaxable(photo!)).toMatch(/resolution/);
  });

  it('is refused with the reason when it is hostile', () => {
    const good = writeTiff([page()]);
    const directory = new DataView(good.buffer).getUint32(4, true);
    expect(reasonOf(new Uint8Array(4))).toMatch(/too short/);
    expect(reasonOf(new Uint8Array(64).fill(0x41))).toMatch(/is none/);
    expect(reasonOf(changed(good, 4, 0))).toMatch(/no page/);
    expect(reasonOf(changed(good, 4, good.length - 1))).toMatch(/outside/);
    // The directory names itself as the next one.
    expect(reasonOf(changed(good, good.length - 4, directory))).toMatch(/circle/);
    expect(reasonOf(changed(good, valueAt(good, 273), good.length))).toMatch(/outside/);
    expect(reasonOf(changed(good, valueAt(good, 256), 0))).toMatch(/no size/);
    expect(reasonOf(changed(good, valueAt(good, 256), 0xffff_ffff))).toMatch(/too many/);
    expect(reasonOf(writeTiff([page(), page(), page()]), { maxPages: 2, maxPixels: 1e9 })).toMatch(/more than 2 pages/);
  });

  it('never makes the reader throw anything but its own error, whatever its bytes are', () => {
    const good = writeTiff([page(64, 4), page(64, 4)]);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 12 }),
        fc.nat(good.length),
        (changes, length) => {
          const bytes = good.slice();
          for (const [at, value] of changes) bytes[at] = value;
          expect(typeof reasonOf(bytes.slice(0, length))).toBe('string');
        },
      ),
      { numRuns: 2000 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => void reasonOf(bytes)));
  });
});
