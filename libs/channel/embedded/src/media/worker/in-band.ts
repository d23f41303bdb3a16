import koffi from 'koffi';
import { messageOf } from '@callwright/kernel';
import { DtmfDetector, FRAME_MS, FRAME_SAMPLES, type DtmfListener } from '@callwright/media';

/** Finds keys in audio. */
export interface InBandDetector {
  hear(frame: Int16Array): void;
  close(): void;
}
export type MakeInBandDetector = (listener: DtmfListener) => InBandDetector;

/** `own` meets reliability C4; `spandsp` is the library that FreeSWITCH and Asterisk's fax use, with its own tolerances. */
export type InBandKind = 'own' | 'spandsp';

export const makeOwnDetector: MakeInBandDetector = (listener) => {
  const detector = new DtmfDetector(listener);
  return { hear: (frame) => detector.hear(frame), close: () => undefined };
};

/** The soname is part of the binding: later versions have another ABI. */
const SPANDSP = 'libspandsp.so.2';

interface Spandsp {
  init(state: null, callback: null, user: null): unknown;
  hear(state: unknown, pcm: Int16Array, samples: number): number;
  take(state: unknown, digits: Uint8Array, most: number): number;
  status(state: unknown): number;
  free(state: unknown): number;
}

/** Makes detectors of libspandsp, or says why it cannot. */
export function loadSpandsp(): MakeInBandDetector | { readonly reason: string } {
  try {
    const library = koffi.load(SPANDSP);
    const spandsp: Spandsp = {
      init: library.func('void *dtmf_rx_init(void *, void *, void *)') as Spandsp['init'],
      hear: library.func('int dtmf_rx(void *, void *, int)') as Spandsp['hear'],
      take: library.func('size_t dtmf_rx_get(void *, void *, int)') as Spandsp['take'],
      status: library.func('int dtmf_rx_status(void *)') as Spandsp['status'],
      free: library.func('int dtmf_rx_free(void *)') as Spandsp['free'],
    };
    return (listener) => new SpandspDetector(spandsp, listener);
  } catch (error) {
    return { reason: messageOf(error) };
  }
}

class SpandspDetector implements InBandDetector {
  readonly #spandsp: Spandsp;
  readonly #listener: DtmfListener;
  readonly #found = new Uint8Array(32);
  #state: unknown;
  #digit: string | null = null;
  #frames = 0;

  constructor(spandsp: Spandsp, listener: DtmfListener) {
    this.#spandsp = spandsp;
    this.#listener = listener;
    this.#state = spandsp.init(null, null, null);
  }

  hear(frame: Int16Array): void {
    if (this.#state === null) return;
    this.#spandsp.hear(this.#state, frame, FRAME_SAMPLES);
    const status = this.#spandsp.status(this.#state);
    if (status === 0 && this.#digit === null) return;
    const count = Number(this.#spandsp.take(this.#state, this.#found, this.#found.length - 1));
    for (let n = 0; n < count; n++) {
      this.#end();
      this.#digit = String.fromCharCode(this.#found[n]!);
      // It is found when it has sounded for two of the library's blocks.
      this.#frames = 1;
      this.#listener.began(this.#digit);
    }
    if (this.#digit === null) return;
    if (String.fromCharCode(status) === this.#digit) this.#frames++;
    else this.#end();
  }

  close(): void {
    if (this.#state === null) return;
    this.#spandsp.free(this.#state);
    this.#state = null;
  }

  #end(): void {
    if (this.#digit === null) return;
    const digit = this.#digit;
    this.#digit = null;
    this.#listener.ended(digit, this.#frames * FRAME_MS);
  }
}
