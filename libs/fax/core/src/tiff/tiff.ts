import { badTiff } from '../errors.js';
import { TiffFile, type TiffDirectory } from './directory.js';

export type TiffCompression =
  | 'none'
  | 'MH'
  | 'MR'
  | 'MMR'
  /** CCITT RLE, also with words (T.4 1-D without end-of-line codes). */
  | 'RLE'
  | 'LZW'
  | 'Deflate'
  | 'PackBits'
  | 'JPEG'
  | 'other';

/** One page of a TIFF file, as its directory describes it. */
export interface TiffPage {
  /** From 1. */
  readonly page: number;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixels an inch; null when the file does not say. */
  readonly xDpi: number | null;
  readonly yDpi: number | null;
  readonly compression: TiffCompression;
  readonly fillOrder: 'msb-first' | 'lsb-first';
  readonly orientation: number;
  readonly bitsPerPixel: number;
  /** Whether 0 is white (as on the fax line) or black; null for colours. */
  readonly zeroIs: 'white' | 'black' | null;
  /** Of the image, compressed. */
  readonly bytes: number;
}

export interface TiffLimits {
  readonly maxPages: number;
  /** Of one page. */
  readonly maxPixels: number;
}

export const TIFF_LIMITS: TiffLimits = { maxPages: 1000, maxPixels: 200_000_000 };

enum Tag {
  Width = 256,
  Height = 257,
  BitsPerSample = 258,
  Compression = 259,
  Photometric = 262,
  FillOrder = 266,
  StripOffsets = 273,
  Orientation = 274,
  SamplesPerPixel = 277,
  StripByteCounts = 279,
  XResolution = 282,
  YResolution = 283,
  T4Options = 292,
  ResolutionUnit = 296,
  TileOffsets = 324,
  TileByteCounts = 325,
}

const CM_PER_INCH = 2.54;

/**
 * Reads what a TIFF file says of its pages (TIFF 6.0), without decoding an image. Throws `fax.bad-tiff` with the reason for what is no
 * TIFF, contradicts itself, or is above the limits. In time and memory it stays within what the file's own length allows.
 */
export function readTiff(bytes: Uint8Array, limits: TiffLimits = TIFF_LIMITS): readonly TiffPage[] {
  const file = new TiffFile(bytes);
  const pages: TiffPage[] = [];
  for (const directory of file.directories()) {
    if (pages.length === limits.maxPages) throw badTiff(`it has more than ${limits.maxPages} pages`);
    pages.push(readPage(directory, pages.length + 1, bytes.length, limits));
  }
  if (pages.length === 0) throw badTiff('it has no page');
  return pages;
}

function readPage(directory: TiffDirectory, page: number, fileBytes: number, limits: TiffLimits): TiffPage {
  const refuse = (reason: string) => badTiff(`page ${page} ${reason}`, { page });
  const width = directory.number(Tag.Width) ?? 0;
  const height = directory.number(Tag.Height) ?? 0;
  if (width === 0 || height === 0) throw refuse('has no size');
  if (width * height > limits.maxPixels) throw refuse(`has ${width} × ${height} pixels, which is too many`);
  const samples = directory.number(Tag.SamplesPerPixel) ?? 1;
  const bits = directory.numbers(Tag.BitsPerSample, 8);
  const bitsPerPixel = samples * (bits?.[0] ?? 1);
  if (samples === 0 || samples > 8 || bitsPerPixel === 0 || bitsPerPixel > 128) throw refuse('has impossible pixels');
  const tiled = directory.has(Tag.TileOffsets);
  const offsets = directory.numbers(tiled ? Tag.TileOffsets : Tag.StripOffsets);
  const counts = directory.numbers(tiled ? Tag.TileByteCounts : Tag.StripByteCounts);
  if (!offsets || offsets.length === 0) throw refuse('has no image');
  if (counts && counts.length !== offsets.length) throw refuse('has strips without lengths');
  let imageBytes = 0;
  for (const [index, offset] of offsets.entries()) {
    // A writer may leave out the length of a single strip: then it reaches to the end of the file.
    const count = counts ? counts[index]! : fileBytes - offset;
    if (count < 0 || offset + count > fileBytes) throw refuse('has an image that lies outside of the file');
    imageBytes += count;
  }
  const scale = directory.number(Tag.ResolutionUnit) === 3 ? CM_PER_INCH : 1;
  const dpi = (tag: Tag) => {
    const value = directory.rational(tag);
    return value === null || value <= 0 ? null : Math.round(value * scale * 100) / 100;
  };
  const photometric = directory.number(Tag.Photometric);
  return {
    page,
    width,
    height,
    xDpi: dpi(Tag.XResolution),
    yDpi: dpi(Tag.YResolution),
    compression: compressionOf(directory.number(Tag.Compression) ?? 1, directory.number(Tag.T4Options) ?? 0),
    fillOrder: directory.number(Tag.FillOrder) === 2 ? 'lsb-first' : 'msb-first',
    orientation: directory.number(Tag.Orientation) ?? 1,
    bitsPerPixel,
    zeroIs: photometric === 0 ? 'white' : photometric === 1 ? 'black' : null,
    bytes: imageBytes,
  };
}

function compressionOf(code: number, t4Options: number): TiffCompression {
  switch (code) {
    case 1:
      return 'none';
    case 2:
    case 32_771:
      return 'RLE';
    case 3:
      return t4Options & 1 ? 'MR' : 'MH';
    case 4:
      return 'MMR';
    case 5:
      return 'LZW';
    case 6:
    case 7:
      return 'JPEG';
    case 8:
    case 32_946:
      return 'Deflate';
    case 32_773:
      return 'PackBits';
    default:
      return 'other';
  }
}

/** Widths in pixels that the fax line knows, by pixels an inch across (ITU-T T.4 section 2.2): A4, B4, A3. */
const FAX_WIDTHS: readonly { readonly dpi: number; readonly widths: readonly number[] }[] = [
  { dpi: 204, widths: [1728, 2048, 2432] },
  { dpi: 300, widths: [2592, 3072, 3648] },
  { dpi: 408, widths: [3456, 4096, 4864] },
];

/** Whether a page goes on the line as it is; if not, what must be changed, for a person. */
export function whyNotFaxable(page: TiffPage): string | null {
  if (page.bitsPerPixel !== 1 || page.zeroIs === null) return 'It is not black and white.';
  if (page.orientation !== 1) return 'It is turned or mirrored.';
  if (page.compression === 'JPEG' || page.compression === 'other') return 'Its compression is not for fax.';
  const known = FAX_WIDTHS.find(({ dpi }) => page.xDpi !== null && Math.abs(page.xDpi - dpi) < 8);
  if (!known) return 'Its resolution is not that of a fax.';
  if (!known.widths.includes(page.width)) return 'Its width is not that of fax paper.';
  return null;
}
