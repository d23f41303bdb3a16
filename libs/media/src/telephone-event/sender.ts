import { samplesOf } from '../audio.js';
import { digitsIn, eventOfDigit } from './digits.js';
import type { TelephoneEvent } from './payload.js';

/** The last packet is sent so often, because without it the far end must guess (RFC 4733 section 2.5.1.4). */
const END_PACKETS = 3;
/** What digits sound like where they become tones again: -dBm0. */
const VOLUME = 10;
/** So short a key press would not be recognised everywhere (ITU-T Q.24), and a longer one does not fit one segment. */
const MIN_MS = 40;
const MAX_MS = 8000;

export type DigitStep =
  /** Between two keys: audio goes out as ever. */
  | { readonly type: 'pause' }
  /** Send this instead of audio. `first`: set the marker and keep the timestamp for all packets of the key. */
  | { readonly type: 'event'; readonly first: boolean; readonly packet: TelephoneEvent }
  | { readonly type: 'done' };

export interface DigitsRequest {
  readonly digits: string;
  readonly durationMs: number;
  readonly gapMs: number;
  /** How often `step` is called: 20 in an audio stream, 50 without one (RFC 4733 section 2.5.1.2). */
  readonly packetMs: number;
}

const PAUSE: DigitStep = { type: 'pause' };
const DONE: DigitStep = { type: 'done' };

export const pressMs = (durationMs: number): number => Math.min(MAX_MS, Math.max(MIN_MS, durationMs));

/** Sends keys as events: an update every `packetMs`, three end packets, and silence of at least `gapMs` between keys. */
export class TelephoneEventSender {
  readonly #digits: string;
  readonly #request: DigitsRequest;
  #index = 0;
  #steps = 0;
  #endsSent = 0;

  constructor(request: DigitsRequest) {
    this.#digits = digitsIn(request.digits);
    this.#request = request;
  }

  step(): DigitStep {
    const digit = this.#digits[this.#index];
    if (digit === undefined) return DONE;
    const { packetMs, gapMs } = this.#request;
    const durationMs = pressMs(this.#request.durationMs);
    const elapsedMs = (this.#steps + 1) * packetMs;
    this.#steps++;
    if (this.#endsSent === END_PACKETS) {
      if (elapsedMs >= durationMs + gapMs) {
        this.#index++;
        this.#steps = 0;
        this.#endsSent = 0;
      }
      return PAUSE;
    }
    const end = elapsedMs >= durationMs;
    if (end) this.#endsSent++;
    const duration = samplesOf(Math.min(elapsedMs, durationMs));
    return {
      type: 'event',
      first: this.#steps === 1,
      packet: { event: eventOfDigit(digit), end, volume: VOLUME, duration },
    };
  }
}
