import { FRAME_SAMPLES } from '../audio.js';
import { timestampDistance } from '../rtp/sequence.js';
import { Concealment } from './concealment.js';

/** Half a second: a power of two, so that timestamps can be masked. */
const CAPACITY = 4096;
const MASK = CAPACITY - 1;
/** Sound is held back by at least one frame, since packets and frames are never in step, and by at most this. */
const MIN_DELAY = FRAME_SAMPLES;
const MAX_DELAY = 12 * FRAME_SAMPLES;
/** How long the arrivals are watched before the delay is made smaller: two windows of 2 s. */
const WINDOW_FRAMES = 100;
/** With more than this to spare the delay is made smaller even while somebody speaks. */
const MUCH = 4 * FRAME_SAMPLES;
/** Mean square below which a frame may be left out unheard (about -48 dBm0). */
const QUIET = 60 * 60;

export type FrameKind =
  /** All of it came. */
  | 'audio'
  /** Some or all of it is concealed. */
  | 'concealed'
  /** Nothing has come for so long that it is silence. */
  | 'silence';

/**
 * Sound by timestamp: packets of any length, lost, doubled, late or out of order go in, a frame of 20 ms comes out whenever
 * asked for. The delay follows the network: one packet too late makes it larger at once, four quiet seconds make it smaller.
 */
export class JitterBuffer {
  readonly #samples = new Int16Array(CAPACITY);
  readonly #present = new Uint8Array(CAPACITY);
  readonly #concealment = new Concealment();
  #started = false;
  /** Timestamp of the next sample that goes out. */
  #playhead = 0;
  /** One past the newest sample. */
  #head = 0;
  /** Frames since a sample went out. */
  #empty = 0;
  /** The smallest lead that a packet had over the playhead, in this window and the last. */
  #leastLead = Infinity;
  #leastLeadBefore = Infinity;
  #windowFrames = 0;
  /** Sound held back beyond need, in samples. */
  #spare = 0;
  /** Which samples of the last frame came. */
  readonly #holes = new Uint8Array(FRAME_SAMPLES);
  readonly #patched = new Int16Array(FRAME_SAMPLES);
  /** Packets that came after their time. */
  late = 0;

  /** A packet: `codes[start … end)` are decoded by `table`. */
  insert(timestamp: number, codes: Uint8Array, start: number, end: number, table: Int16Array): void {
    const length = end - start;
    if (length <= 0 || length > CAPACITY / 2) return;
    if (!this.#started) this.#start(timestamp);
    let lead = timestampDistance(this.#playhead, timestamp);
    if (lead + length > CAPACITY || lead < -CAPACITY) {
      // The far end's clock jumped.
      this.reset();
      this.#start(timestamp);
      lead = MIN_DELAY;
    }
    if (lead < 0) {
      this.late++;
      if (!this.#delayBy(-lead)) {
        if (this.depth > 0) return;
        // Nothing waits, so nothing is lost by taking the stream up from here.
        this.reset();
        this.#start(timestamp);
      }
      lead = timestampDistance(this.#playhead, timestamp);
    }
    if (lead < this.#leastLead) this.#leastLead = lead;
    const samples = this.#samples;
    const present = this.#present;
    for (let n = 0; n < length; n++) {
      const at = (timestamp + n) & MASK;
      samples[at] = table[codes[start + n]!]!;
      present[at] = 1;
    }
    if (timestampDistance(this.#head, timestamp + length) > 0) this.#head = (timestamp + length) >>> 0;
  }

  /** Fills the next frame (160 samples). Call it once every 20 ms. */
  take(frame: Int16Array): FrameKind {
    if (!this.#started) {
      frame.fill(0);
      return 'silence';
    }
    this.#catchUp();
    const missing = this.#read(frame);
    if (missing === 0) {
      this.#empty = 0;
      this.#concealment.hear(frame);
      return 'audio';
    }
    if (missing === FRAME_SAMPLES) {
      this.#empty++;
      this.#concealment.conceal(frame);
      return this.#empty > 3 ? 'silence' : 'concealed';
    }
    this.#empty = 0;
    this.#patch(frame);
    return 'concealed';
  }

  /** How much sound waits, in samples. */
  get depth(): number {
    return this.#started ? Math.max(0, timestampDistance(this.#playhead, this.#head)) : 0;
  }

  reset(): void {
    this.#started = false;
    this.#present.fill(0);
    this.#concealment.reset();
    this.#leastLead = Infinity;
    this.#leastLeadBefore = Infinity;
    this.#windowFrames = 0;
    this.#spare = 0;
  }

  #start(timestamp: number): void {
    this.#started = true;
    this.#playhead = (timestamp - MIN_DELAY) >>> 0;
    this.#head = timestamp;
    this.#empty = 0;
  }

  /** Moves the playhead back, so that what is late is still played; false when that would be too much. */
  #delayBy(samples: number): boolean {
    const more = Math.ceil(samples / FRAME_SAMPLES) * FRAME_SAMPLES;
    if (this.depth + more > MAX_DELAY) return false;
    this.#playhead = (this.#playhead - more) >>> 0;
    this.#leastLead += more;
    this.#leastLeadBefore += more;
    return true;
  }

  /** Leaves out what has not been needed for seconds: a quiet frame now, or any frame when it is much. */
  #catchUp(): void {
    if (++this.#windowFrames === WINDOW_FRAMES) {
      this.#spare = Math.min(this.#leastLead, this.#leastLeadBefore) - MIN_DELAY;
      this.#leastLeadBefore = this.#leastLead;
      this.#leastLead = Infinity;
      this.#windowFrames = 0;
    }
    if (this.#spare < FRAME_SAMPLES || this.depth < 2 * FRAME_SAMPLES) return;
    if (this.#spare < MUCH && !this.#isQuietNext()) return;
    for (let n = 0; n < FRAME_SAMPLES; n++) this.#present[(this.#playhead + n) & MASK] = 0;
    this.#playhead = (this.#playhead + FRAME_SAMPLES) >>> 0;
    this.#spare -= FRAME_SAMPLES;
    this.#leastLead -= FRAME_SAMPLES;
    this.#leastLeadBefore -= FRAME_SAMPLES;
  }

  #isQuietNext(): boolean {
    let energy = 0;
    for (let n = 0; n < FRAME_SAMPLES; n++) {
      const at = (this.#playhead + n) & MASK;
      const sample = this.#samples[at]! * this.#present[at]!;
      energy += sample * sample;
    }
    return energy < QUIET * FRAME_SAMPLES;
  }

  /** Copies out and forgets; gives how many samples are missing. */
  #read(frame: Int16Array): number {
    const samples = this.#samples;
    const present = this.#present;
    const holes = this.#holes;
    let came = 0;
    for (let n = 0; n < FRAME_SAMPLES; n++) {
      const at = (this.#playhead + n) & MASK;
      came += holes[n] = present[at]!;
      present[at] = 0;
      frame[n] = samples[at]!;
    }
    this.#playhead = (this.#playhead + FRAME_SAMPLES) >>> 0;
    return FRAME_SAMPLES - came;
  }

  /** Fills the holes of a frame that came in part. */
  #patch(frame: Int16Array): void {
    this.#patched.set(frame);
    this.#concealment.conceal(frame);
    for (let n = 0; n < frame.length; n++) if (this.#holes[n] === 1) frame[n] = this.#patched[n]!;
    this.#concealment.hear(frame);
  }
}
