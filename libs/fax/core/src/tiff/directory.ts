import { badTiff } from '../errors.js';

const HEADER_BYTES = 8;
const ENTRY_BYTES = 12;
/** Bytes of one value of each type of TIFF 6.0, by its number. */
const TYPE_BYTES: readonly number[] = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
const BYTE = 1;
const SHORT = 3;
const LONG = 4;
const RATIONAL = 5;
/** A page of a fax has one strip, or one for every few rows; more than this is no page. */
const MAX_VALUES = 100_000;

interface Entry {
  readonly type: number;
  readonly count: number;
  /** Where the values begin, in the file. */
  readonly at: number;
}

/** The bones of a TIFF file: its chain of directories. Nothing in it is believed before it is known to lie within the file. */
export class TiffFile {
  readonly #view: DataView;
  readonly #littleEndian: boolean;

  /** Throws `fax.bad-tiff`. */
  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.length < HEADER_BYTES) throw badTiff('it is too short to be one');
    const order = String.fromCharCode(bytes[0]!, bytes[1]!);
    if (order !== 'II' && order !== 'MM') throw badTiff('it is none');
    this.#littleEndian = order === 'II';
    const version = this.#view.getUint16(2, this.#littleEndian);
    if (version === 43) throw badTiff('it is a BigTIFF, which fax machines do not have');
    if (version !== 42) throw badTiff('it is none');
  }

  *directories(): Generator<TiffDirectory> {
    const seen = new Set<number>();
    let at = this.#view.getUint32(4, this.#littleEndian);
    while (at !== 0) {
      if (seen.has(at)) throw badTiff('its pages go round in a circle');
      seen.add(at);
      const entries = new Map<number, Entry>();
      const count = this.#within(at, 2) ? this.#view.getUint16(at, this.#littleEndian) : 0;
      if (count === 0 || !this.#within(at + 2, count * ENTRY_BYTES + 4)) {
        throw badTiff('the description of a page lies outside of the file');
      }
      for (let n = 0; n < count; n++) this.#readEntry(at + 2 + n * ENTRY_BYTES, entries);
      yield new TiffDirectory(this.#view, this.#littleEndian, entries);
      at = this.#view.getUint32(at + 2 + count * ENTRY_BYTES, this.#littleEndian);
    }
  }

  #readEntry(at: number, entries: Map<number, Entry>): void {
    const tag = this.#view.getUint16(at, this.#littleEndian);
    const type = this.#view.getUint16(at + 2, this.#littleEndian);
    const count = this.#view.getUint32(at + 4, this.#littleEndian);
    const bytes = (TYPE_BYTES[type] ?? 0) * count;
    // Types that we do not know are left out (TIFF 6.0 section 2), as is what is said twice.
    if (bytes === 0 || entries.has(tag)) return;
    const valuesAt = bytes <= 4 ? at + 8 : this.#view.getUint32(at + 8, this.#littleEndian);
    if (!this.#within(valuesAt, bytes)) throw badTiff(`the values of tag ${tag} lie outside of the file`);
    entries.set(tag, { type, count, at: valuesAt });
  }

  #within(at: number, bytes: number): boolean {
    return at >= 0 && at + bytes <= this.#view.byteLength;
  }
}

/** One page's entries. */
export class TiffDirectory {
  readonly #view: DataView;
  readonly #littleEndian: boolean;
  readonly #entries: ReadonlyMap<number, Entry>;

  constructor(view: DataView, littleEndian: boolean, entries: ReadonlyMap<number, Entry>) {
    this.#view = view;
    this.#littleEndian = littleEndian;
    this.#entries = entries;
  }

  has(tag: number): boolean {
    return this.#entries.has(tag);
  }

  /** The first value, or null. */
  number(tag: number): number | null {
    return this.numbers(tag, MAX_VALUES)?.[0] ?? null;
  }

  /** All values of a whole-number tag, or null. Throws `fax.bad-tiff` when there are more than `most`. */
  numbers(tag: number, most = MAX_VALUES): readonly number[] | null {
    const entry = this.#entries.get(tag);
    if (!entry) return null;
    if (entry.count > most) throw badTiff(`tag ${tag} has ${entry.count} values`);
    const { type, count, at } = entry;
    if (type !== BYTE && type !== SHORT && type !== LONG) throw badTiff(`tag ${tag} is no whole number`);
    return Array.from({ length: count }, (_, n) => {
      if (type === BYTE) return this.#view.getUint8(at + n);
      return type === SHORT
        ? this.#view.getUint16(at + 2 * n, this.#littleEndian)
        : this.#view.getUint32(at + 4 * n, this.#littleEndian);
    });
  }

  rational(tag: number): number | null {
    const entry = this.#entries.get(tag);
    if (!entry || entry.type !== RATIONAL) return null;
    const denominator = this.#view.getUint32(entry.at + 4, this.#littleEndian);
    return denominator === 0 ? null : this.#view.getUint32(entry.at, this.#littleEndian) / denominator;
  }
}
