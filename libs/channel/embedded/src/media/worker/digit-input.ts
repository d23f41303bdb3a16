import { readTelephoneEvent, TelephoneEventReceiver, type DigitChange } from '@callwright/media';
import type { InBandDetector, MakeInBandDetector } from './in-band.js';

export type HeardMethod = 'rfc4733' | 'in-band';

export interface DigitInputListener {
  /** A key went down. */
  began(digit: string, method: HeardMethod): void;
  /** It was let go. */
  ended(digit: string, durationMs: number, method: HeardMethod): void;
}

/**
 * Keys that the far end presses. The audio is searched for tones until the first event packet: a far end that sends events may let
 * some of the tone through before it, and one key must not be two. A tone is told when it ends, which leaves that packet time to come.
 */
export class DigitInput {
  readonly #listener: DigitInputListener;
  readonly #events = new TelephoneEventReceiver();
  #inBand: InBandDetector | null;
  #eventsSeen = false;

  constructor(listener: DigitInputListener, makeInBand: MakeInBandDetector) {
    this.#listener = listener;
    this.#inBand = makeInBand({
      began: (digit) => listener.began(digit, 'in-band'),
      ended: (digit, durationMs) => {
        if (!this.#eventsSeen) listener.ended(digit, durationMs, 'in-band');
      },
    });
  }

  /** Whether the audio is searched. */
  get wantsAudio(): boolean {
    return this.#inBand !== null;
  }

  hear(frame: Int16Array): void {
    this.#inBand?.hear(frame);
  }

  receive(bytes: Uint8Array, start: number, end: number, timestamp: number, now: number, ssrc: number): void {
    const event = readTelephoneEvent(bytes, start, end);
    if (!event) return;
    this.#eventsSeen = true;
    this.#stopListening();
    this.#tell(this.#events.receive(event, timestamp, now, ssrc));
  }

  tick(now: number): void {
    if (this.#events.active) this.#tell(this.#events.tick(now));
  }

  close(): void {
    this.#stopListening();
  }

  #stopListening(): void {
    this.#inBand?.close();
    this.#inBand = null;
  }

  #tell(changes: readonly DigitChange[]): void {
    for (const change of changes) {
      if (change.type === 'began') this.#listener.began(change.digit, 'rfc4733');
      else this.#listener.ended(change.digit, change.durationMs, 'rfc4733');
    }
  }
}
