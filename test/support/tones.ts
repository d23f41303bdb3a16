import { SAMPLES_PER_SECOND } from './audio.js';

const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477, 1633];
const KEYS = ['123A', '456B', '789C', '*0#D'];

/** Keys as pairs of tones (ITU-T Q.23), made here so that the product's own generator is not what tests its detector. */
export function dtmf(keys: string, { onMs = 100, offMs = 100, leadMs = 0, level = 6_000 } = {}): Int16Array {
  const samples = (ms: number) => Math.round((ms * SAMPLES_PER_SECOND) / 1000);
  const out = new Int16Array(samples(leadMs) + keys.length * samples(onMs + offMs) + samples(500));
  [...keys].forEach((key, index) => {
    const row = KEYS.findIndex((each) => each.includes(key));
    const [low, high] = [ROWS[row]!, COLUMNS[KEYS[row]!.indexOf(key)]!];
    const start = samples(leadMs) + index * samples(onMs + offMs);
    for (let n = 0; n < samples(onMs); n++) {
      const angle = (2 * Math.PI * n) / SAMPLES_PER_SECOND;
      out[start + n] = level * (Math.sin(angle * low) + Math.sin(angle * high));
    }
  });
  return out;
}
