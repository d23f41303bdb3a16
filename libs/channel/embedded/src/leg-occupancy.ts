import { channelError, type LegName } from '@callwright/channel-contract';

/** Of the things that a leg does, only one at a time. */
export type Activity = 'prompt' | 'bridge' | 'conference' | 'fax';

/** What a leg is busy with. */
export class LegOccupancy {
  readonly #leg: LegName;
  #activity: Activity | null = null;
  #recording = false;

  constructor(leg: LegName) {
    this.#leg = leg;
  }

  get activity(): Activity | null {
    return this.#activity;
  }

  /** Throws `call.busy-playing`; the returned function gives it back. */
  occupy(activity: Activity): () => void {
    if (this.#activity) throw channelError('call.busy-playing', { leg: this.#leg, activity: this.#activity });
    this.#activity = activity;
    return () => (this.#activity = null);
  }

  /** Throws `call.already-recording`, and `call.busy-playing` while a fax runs; the returned function gives it back. */
  occupyRecorder(): () => void {
    if (this.#activity === 'fax') throw channelError('call.busy-playing', { leg: this.#leg, activity: 'fax' });
    if (this.#recording) throw channelError('call.already-recording', { leg: this.#leg });
    this.#recording = true;
    return () => (this.#recording = false);
  }
}
