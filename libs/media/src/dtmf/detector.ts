import { SAMPLE_RATE } from '../audio.js';
import { amplitudeOf } from '../tones/oscillator.js';
import { COLUMN_HERTZ, keyAt, ROW_HERTZ } from './frequencies.js';

/**
 * Keys in audio, after ITU-T Q.24 with the tolerances of reliability C4. Two stages, so that a line without keys costs little:
 * eight Goertzel filters over blocks of 12.75 ms look for one row and one column that stand out; two such blocks in a row are then
 * looked at closely: the phase that the two tones gain from window to window gives their true frequencies, and at those
 * frequencies nearly all of the energy must lie, which speech and music do not manage.
 */

/** Of Goertzel's blocks. 40 ms hold two whole ones wherever they begin, and so does a pause of 50 ms. */
const BLOCK = 102;
const HOP = BLOCK / 2;
const PAIR = 2 * BLOCK;

/** Weaker tones are no keys: 35 dB below the loudest with a little to spare. */
const WEAKEST_DBM0 = -39;
/** The best of a group must be so much stronger than the others (power). A tone of 1.5 % off is still 9 dB stronger. */
const STANDS_OUT = 4;
/** Power ratio between the groups: 8 dB asked for in one direction, 4 in the other, and nothing lost by taking both wide. */
const COARSE_TWIST = 10 ** 1.2;
const FINE_TWIST = 10 ** 0.95;
/** Share of a block's energy in the two filters, and of a pair's energy at the two true frequencies. */
const COARSE_SHARE = 0.5;
const FINE_SHARE = 0.87;
/** A key sounds evenly: energy of a pair's louder block over that of the other. */
const EVENNESS = 1.5;
/** Between the 1.5 % that must be taken and the 3.5 % that must be refused. */
const MAX_DEVIATION = 0.025;
/** Blocks without the key after which it was let go. */
const MISSES_TO_END = 2;

const FREQUENCIES = [...ROW_HERTZ, ...COLUMN_HERTZ];
const COEFFICIENTS = Float64Array.from(FREQUENCIES, (hertz) => 2 * Math.cos((2 * Math.PI * hertz) / SAMPLE_RATE));
/** Energy of a block that holds the weakest tone. */
const WEAKEST_ENERGY = (amplitudeOf(WEAKEST_DBM0) ** 2 / 2) * BLOCK;

const HANN = Float64Array.from({ length: BLOCK }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (n + 0.5)) / BLOCK));

export type DtmfListener = {
  /** About 30 ms after the tone began. */
  began(digit: string): void;
  ended(digit: string, durationMs: number): void;
};

export class DtmfDetector {
  readonly #listener: DtmfListener;
  /** The block before this one, and this one. */
  readonly #samples = new Float64Array(PAIR);
  readonly #power = new Float64Array(4);
  #filled = 0;
  #previous = -1;
  #current = -1;
  #blocks = 0;
  #misses = 0;

  constructor(listener: DtmfListener) {
    this.#listener = listener;
  }

  /** Any number of samples. */
  hear(pcm: Int16Array): void {
    const samples = this.#samples;
    let filled = this.#filled;
    for (let n = 0; n < pcm.length; n++) {
      samples[BLOCK + filled++] = pcm[n]!;
      if (filled === BLOCK) {
        this.#endBlock();
        filled = 0;
      }
    }
    this.#filled = filled;
  }

  /** The tone that sounds now, or null. */
  get digit(): string | null {
    return this.#current < 0 ? null : keyOf(this.#current);
  }

  #endBlock(): void {
    const found = this.#standsOut();
    const begins = found >= 0 && found === this.#previous && found !== this.#current && this.#isPure(found);
    if (begins) {
      this.#end();
      this.#current = found;
      this.#blocks = 2;
      this.#misses = 0;
      this.#listener.began(keyOf(found));
    } else if (this.#current >= 0) {
      if (found === this.#current) {
        this.#blocks += 1 + this.#misses;
        this.#misses = 0;
      } else if (++this.#misses >= MISSES_TO_END) this.#end();
    }
    this.#previous = found;
    this.#samples.copyWithin(0, BLOCK);
  }

  #end(): void {
    if (this.#current < 0) return;
    const digit = keyOf(this.#current);
    this.#current = -1;
    this.#listener.ended(digit, (this.#blocks * BLOCK * 1000) / SAMPLE_RATE);
  }

  /** Row * 4 + column of a key that this block may hold, or -1. */
  #standsOut(): number {
    const energy = this.#energy(BLOCK, PAIR);
    if (energy < WEAKEST_ENERGY) return -1;
    const row = this.#bestOf(0);
    if (row < 0) return -1;
    const low = this.#power[row]!;
    const column = this.#bestOf(1);
    if (column < 0) return -1;
    const high = this.#power[column]!;
    if (low > high * COARSE_TWIST || high > low * COARSE_TWIST) return -1;
    if (((low + high) * 2) / BLOCK < COARSE_SHARE * energy) return -1;
    return row * 4 + column;
  }

  /** Which tone of a group stands out in this block, or -1. Its power is left in `#power`. */
  #bestOf(group: number): number {
    const power = this.#power;
    goertzel(this.#samples, group, power);
    let best = 0;
    for (let f = 1; f < 4; f++) if (power[f]! > power[best]!) best = f;
    for (let f = 0; f < 4; f++) if (f !== best && power[f]! * STANDS_OUT > power[best]!) return -1;
    return best;
  }

  #isPure(key: number): boolean {
    const before = this.#energy(0, BLOCK);
    const now = this.#energy(BLOCK, PAIR);
    if (before > now * EVENNESS || now > before * EVENNESS) return false;
    const row = this.#trueFrequency(ROW_HERTZ[key >> 2]!);
    const column = this.#trueFrequency(COLUMN_HERTZ[key & 3]!);
    if (row === null || column === null) return false;
    const low = this.#powerAt(row);
    const high = this.#powerAt(column);
    if (low > high * FINE_TWIST || high > low * FINE_TWIST) return false;
    return ((low + high) * 2) / PAIR >= FINE_SHARE * (before + now);
  }

  #energy(from: number, to: number): number {
    const samples = this.#samples;
    let energy = 0;
    for (let n = from; n < to; n++) energy += samples[n]! * samples[n]!;
    return energy;
  }

  /** The frequency near `hertz` that is really there, or null when it is too far off. */
  #trueFrequency(hertz: number): number | null {
    const step = (2 * Math.PI * hertz) / SAMPLE_RATE;
    let lastRe = 0;
    let lastIm = 0;
    let gainRe = 0;
    let gainIm = 0;
    for (let start = 0; start + BLOCK <= PAIR; start += HOP) {
      let re = 0;
      let im = 0;
      for (let n = 0; n < BLOCK; n++) {
        const sample = this.#samples[start + n]! * HANN[n]!;
        re += sample * Math.cos(step * (start + n));
        im -= sample * Math.sin(step * (start + n));
      }
      gainRe += re * lastRe + im * lastIm;
      gainIm += im * lastRe - re * lastIm;
      lastRe = re;
      lastIm = im;
    }
    const deviation = (Math.atan2(gainIm, gainRe) * SAMPLE_RATE) / (2 * Math.PI * HOP);
    return Math.abs(deviation) > MAX_DEVIATION * hertz ? null : hertz + deviation;
  }

  #powerAt(hertz: number): number {
    const step = (2 * Math.PI * hertz) / SAMPLE_RATE;
    let re = 0;
    let im = 0;
    for (let n = 0; n < PAIR; n++) {
      re += this.#samples[n]! * Math.cos(step * n);
      im += this.#samples[n]! * Math.sin(step * n);
    }
    return re * re + im * im;
  }
}

/**
 * Power of the four tones of a group in the newer block. The four filters run side by side in one loop, since a processor can
 * work on all of them at a time and would wait for each step of a single one.
 */
function goertzel(samples: Float64Array, group: number, power: Float64Array): void {
  const c0 = COEFFICIENTS[4 * group]!;
  const c1 = COEFFICIENTS[4 * group + 1]!;
  const c2 = COEFFICIENTS[4 * group + 2]!;
  const c3 = COEFFICIENTS[4 * group + 3]!;
  let a0 = 0;
  let b0 = 0;
  let a1 = 0;
  let b1 = 0;
  let a2 = 0;
  let b2 = 0;
  let a3 = 0;
  let b3 = 0;
  // Two samples a round, so that each state is written where it is next read and nothing is moved about.
  for (let n = BLOCK; n < PAIR; n += 2) {
    const x = samples[n]!;
    const y = samples[n + 1]!;
    b0 = x + c0 * a0 - b0;
    b1 = x + c1 * a1 - b1;
    b2 = x + c2 * a2 - b2;
    b3 = x + c3 * a3 - b3;
    a0 = y + c0 * b0 - a0;
    a1 = y + c1 * b1 - a1;
    a2 = y + c2 * b2 - a2;
    a3 = y + c3 * b3 - a3;
  }
  power[0] = a0 * a0 + b0 * b0 - c0 * a0 * b0;
  power[1] = a1 * a1 + b1 * b1 - c1 * a1 * b1;
  power[2] = a2 * a2 + b2 * b2 - c2 * a2 * b2;
  power[3] = a3 * a3 + b3 * b3 - c3 * a3 * b3;
}

const keyOf = (found: number): string => keyAt(found >> 2, found & 3);
