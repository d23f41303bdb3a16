import { digitsIn, dtmfTones, FRAME_MS, FRAME_SAMPLES, TelephoneEventSender, type DigitStep } from '@callwright/media';

export interface DigitsToSend {
  /** Null: nobody waits to hear that they were sent (they came from the other side of a bridge). */
  readonly id: number | null;
  readonly digits: string;
  readonly durationMs: number;
  readonly gapMs: number;
}

type Sending =
  | { readonly kind: 'events'; readonly request: DigitsToSend; readonly sender: TelephoneEventSender }
  | { readonly kind: 'tones'; readonly request: DigitsToSend; readonly pcm: Int16Array; at: number };

const NONE: DigitStep = { type: 'pause' };

/** Keys that we press, one request after the other: as events where they were agreed, else as tones. */
export class DigitOutput {
  readonly #waiting: DigitsToSend[] = [];
  readonly #onSent: (id: number) => void;
  #sending: Sending | null = null;

  constructor(onSent: (id: number) => void) {
    this.#onSent = onSent;
  }

  get busy(): boolean {
    return this.#sending !== null || this.#waiting.length > 0;
  }

  send(request: DigitsToSend): void {
    this.#waiting.push({ ...request, digits: digitsIn(request.digits) });
  }

  /** Ends what is under way and forgets what waits, if it has that id (null: everything); it is told as sent. */
  cancel(id: number | null): void {
    const concerned = (request: DigitsToSend) => id === null || request.id === id;
    const gone = [...(this.#sending ? [this.#sending.request] : []), ...this.#waiting].filter(concerned);
    if (this.#sending && concerned(this.#sending.request)) this.#sending = null;
    this.#waiting.splice(0, Infinity, ...this.#waiting.filter((request) => !concerned(request)));
    for (const request of gone) this.#tell(request);
  }

  /** What the next frame is made of: an event packet, or (with `pause`) whatever else is to be heard, `tone` included. */
  step(eventsAgreed: boolean): DigitStep {
    if (!this.#sending) this.#begin(eventsAgreed);
    if (this.#sending?.kind !== 'events') return NONE;
    const step = this.#sending.sender.step();
    if (step.type !== 'done') return step;
    this.#end();
    return NONE;
  }

  /** Fills the next frame of a tone; false when none sounds. */
  tone(into: Int16Array): boolean {
    const sending = this.#sending;
    if (sending?.kind !== 'tones') return false;
    for (let n = 0; n < FRAME_SAMPLES; n++) into[n] = sending.pcm[sending.at + n] ?? 0;
    sending.at += FRAME_SAMPLES;
    if (sending.at >= sending.pcm.length) this.#end();
    return true;
  }

  #begin(eventsAgreed: boolean): void {
    const request = this.#waiting.shift();
    if (!request) return;
    this.#sending = eventsAgreed
      ? { kind: 'events', request, sender: new TelephoneEventSender({ ...request, packetMs: FRAME_MS }) }
      : { kind: 'tones', request, pcm: dtmfTones(request), at: 0 };
  }

  #end(): void {
    const request = this.#sending?.request;
    this.#sending = null;
    if (request) this.#tell(request);
  }

  #tell({ id }: DigitsToSend): void {
    if (id !== null) this.#onSent(id);
  }
}
