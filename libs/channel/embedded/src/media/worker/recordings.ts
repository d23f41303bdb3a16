import { beep, encodeG711, type G711Codec } from '@callwright/media';
import type { RecordRequest } from '../port.js';
import { Overhearing } from './overhearing.js';
import { Player } from './player.js';
import type { SharedPrompt } from './prompt.js';
import { Recorder, type RecordOutcome } from './recorder.js';

const BEEP: Readonly<Record<G711Codec, SharedPrompt>> = {
  PCMU: { codec: 'PCMU', codes: encodeG711('PCMU', beep().pcm), endless: false },
  PCMA: { codec: 'PCMA', codes: encodeG711('PCMA', beep().pcm), endless: false },
};

interface Running {
  readonly recorder: Recorder;
  /** Sounds before the first frame is recorded. */
  readonly beep: Player | null;
}

/** What is kept or passed on of a leg's audio: a message that the caller leaves, the whole conversation, and a supervisor's ear, side by side. */
export class Recordings {
  readonly #onEnd: (id: number, outcome: RecordOutcome) => void;
  readonly #running = new Map<number, Running>();
  /** Those that are ended and still being written, too. */
  readonly #open = new Set<Recorder>();

  readonly #overheard: (stereo: Int16Array) => void;
  #overhearing: Overhearing | null = null;

  constructor(onEnd: (id: number, outcome: RecordOutcome) => void, overheard: (stereo: Int16Array) => void) {
    this.#onEnd = onEnd;
    this.#overheard = overheard;
  }

  /** Whether somebody wants the audio. */
  get any(): boolean {
    return this.#running.size > 0 || this.#overhearing !== null;
  }

  overhear(on: boolean): void {
    this.#overhearing = on ? (this.#overhearing ?? new Overhearing(this.#overheard)) : null;
  }

  start(request: RecordRequest, codec: G711Codec): void {
    const recorder = new Recorder(request, (outcome) => {
      this.#open.delete(recorder);
      this.#onEnd(request.id, outcome);
    });
    this.#open.add(recorder);
    this.#running.set(request.id, { recorder, beep: request.beep ? new Player([BEEP[codec]], 1) : null });
  }

  stop(id: number): void {
    this.#running.get(id)?.recorder.end('stopped');
    this.#running.delete(id);
  }

  /** The beep that is to be heard now, or null. */
  get beep(): Player | null {
    for (const { beep } of this.#running.values()) if (beep && !beep.ended) return beep;
    return null;
  }

  /** A turn: what the far end said, and what it heard (null: nothing). */
  hear(heard: Int16Array, said: Int16Array | null): void {
    this.#overhearing?.hear(heard, said);
    for (const [id, { recorder, beep }] of this.#running) {
      if (beep && !beep.ended) continue;
      recorder.hear(heard, recorder.request.both ? said : null);
      if (recorder.ended) this.#running.delete(id);
    }
  }

  keyDown(digit: string): void {
    for (const [id, { recorder, beep }] of this.#running) {
      if (beep && !beep.ended) continue;
      recorder.keyDown(digit);
      if (recorder.ended) this.#running.delete(id);
    }
  }

  /** Ends them all; resolves when their files are closed and their ends told. */
  async close(): Promise<void> {
    for (const id of [...this.#running.keys()]) this.stop(id);
    await Promise.all([...this.#open].map(({ closed }) => closed));
  }
}
