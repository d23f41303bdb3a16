import { levelOf } from './level.js';

/** As loud as this it is somebody (or something) in every room. */
const ALWAYS_ACTIVE_DBM0 = -30;
/** As quiet as this it is nobody. */
const NEVER_ACTIVE_DBM0 = -48;
/** Between them it must stand out of the noise of the line by so much. */
const ABOVE_NOISE_DB = 9;
/** The noise is followed down at once and up slowly: 3 dB a second. */
const NOISE_RISE_DB = 0.06;
/** A voice pauses between words. */
const HANGOVER_FRAMES = 10;
/** A click is no voice. */
const ONSET_FRAMES = 2;

/** Tells frames with somebody in them from those without, whatever the noise of the line. */
export class VoiceActivity {
  #noise = NEVER_ACTIVE_DBM0;
  #run = 0;
  #hangover = 0;

  /** A frame of 20 ms. */
  hear(frame: Int16Array): boolean {
    const level = levelOf(frame);
    const loud = level > ALWAYS_ACTIVE_DBM0 || (level > NEVER_ACTIVE_DBM0 && level > this.#noise + ABOVE_NOISE_DB);
    this.#noise = Math.min(level, this.#noise + NOISE_RISE_DB);
    if (this.#noise < -90) this.#noise = -90;
    this.#run = loud ? this.#run + 1 : 0;
    if (this.#run >= ONSET_FRAMES) this.#hangover = HANGOVER_FRAMES;
    else if (this.#hangover > 0) this.#hangover--;
    return this.#hangover > 0;
  }
}
