import { samplesOf, saturate } from '../audio.js';
import { addSine } from './oscillator.js';
import { TONE_PLANS, type Cadence, type ToneCountry, type TonePlan } from './plans.js';

export type NetworkTone = keyof TonePlan;

/** Audio of a tone: one period when it is meant to go on for ever. */
export interface ToneAudio {
  readonly pcm: Int16Array;
  readonly endless: boolean;
}

/** Together, whatever the chord: a little below speech, as networks play them. */
const TONE_DBM0 = -12;
/** Ramp of the beginning and end of a stretch, so that it does not click. */
const RAMP_SAMPLES = 24;

const BEEP: Cadence = [{ hertz: [1000], ms: 400 }];

/** One period of a network's tone. It joins itself without a click: a steady chord has whole Hz and lasts a second. */
export const networkTone = (tone: NetworkTone, country: ToneCountry = 'EU'): ToneAudio => ({
  pcm: renderCadence(TONE_PLANS[country][tone]),
  endless: true,
});

/** The tone before a recording. */
export const beep = (): ToneAudio => ({ pcm: renderCadence(BEEP, true), endless: false });

/** Samples of a cadence, once. */
export function renderCadence(cadence: Cadence, rampAlone = cadence.length > 1): Int16Array {
  const lengths = cadence.map(({ ms }) => samplesOf(ms));
  const sum = new Float64Array(lengths.reduce((total, length) => total + length, 0));
  let at = 0;
  cadence.forEach(({ hertz }, n) => {
    const end = at + lengths[n]!;
    for (const one of hertz) addSine(sum, at, end, one, TONE_DBM0 - 10 * Math.log10(hertz.length));
    if (hertz.length > 0 && rampAlone) ramp(sum, at, end);
    at = end;
  });
  return Int16Array.from(sum, saturate);
}

function ramp(samples: Float64Array, from: number, to: number): void {
  const length = Math.min(RAMP_SAMPLES, (to - from) >> 1);
  for (let n = 0; n < length; n++) {
    const gain = (n + 0.5) / length;
    samples[from + n]! *= gain;
    samples[to - 1 - n]! *= gain;
  }
}
