/** A black-and-white page: rows of `ceil(width / 8)` bytes, the leftmost pixel in the highest bit, 1 is black. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly bits: Uint8Array;
  /** Pixels an inch. */
  readonly xDpi: number;
  readonly yDpi: number;
}

const SHORT = 3;
const LONG = 4;
const RATIONAL = 5;

/** A TIFF file of these pages, without compression: what others compress. */
export function writeTiff(pages: readonly Bitmap[]): Uint8Array {
  const entries = 14;
  const directoryBytes = 2 + entries * 12 + 4 + 16;
  const total = pages.reduce((sum, { bits }) => sum + directoryBytes + bits.length + (bits.length & 1), 8);
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  bytes.set([0x49, 0x49, 42, 0]);
  let linkAt = 4;
  let at = 8;
  for (const [index, page] of pages.entries()) {
    const { bits } = page;
    bytes.set(bits, at);
    const imageAt = at;
    at += bits.length + (bits.length & 1);
    const rationalsAt = at;
    view.setUint32(at, Math.round(page.xDpi * 100), true);
    view.setUint32(at + 4, 100, true);
    view.setUint32(at + 8, Math.round(page.yDpi * 100), true);
    view.setUint32(at + 12, 100, true);
    at += 16;
    view.setUint32(linkAt, at, true);
    view.setUint16(at, entries, true);
    at += 2;
    const entry = (tag: number, type: number, value: number) => {
      view.setUint16(at, tag, true);
      view.setUint16(at + 2, type, true);
      view.setUint32(at + 4, 1, true);
      if (type === SHORT) view.setUint16(at + 8, value, true);
      else view.setUint32(at + 8, value, true);
      at += 12;
    };
    entry(254, LONG, 2);
    entry(256, LONG, page.width);
    entry(257, LONG, page.height);
    entry(258, SHORT, 1);
    entry(259, SHORT, 1);
    entry(262, SHORT, 0);
    entry(266, SHORT, 1);
    entry(273, LONG, imageAt);
    entry(277, SHORT, 1);
    entry(278, LONG, page.height);
    entry(279, LONG, bits.length);
    entry(282, RATIONAL, rationalsAt);
    entry(283, RATIONAL, rationalsAt + 8);
    // Two numbers: this page, and how many there are.
    view.setUint16(at, 297, true);
    view.setUint16(at + 2, SHORT, true);
    view.setUint32(at + 4, 2, true);
    view.setUint16(at + 8, index, true);
    view.setUint16(at + 10, pages.length, true);
    at += 12;
    linkAt = at;
    at += 4;
  }
  return bytes;
}
