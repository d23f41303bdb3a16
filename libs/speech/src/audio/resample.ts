/** Passed without loss, as a part of the lower rate (3,400 of 8,000 Hz, a telephone's band); what lies above half of it is 64 dB down. */
const PASS = 0.425;
const STOP_DB = 64;

interface FilterBank {
  /** One filter for each place that an output sample can have between two input samples. */
  readonly phases: readonly Float64Array[];
  readonly taps: number;
}
const banks = new Map<string, FilterBank>();

/** Changes the sample rate by a polyphase windowed-sinc low-pass (Kaiser window). The result is as long in time as the input. */
export function resample(pcm: Int16Array, fromHz: number, toHz: number): Int16Array {
  if (fromHz === toHz) return pcm;
  const divisor = commonDivisor(fromHz, toHz);
  const up = toHz / divisor;
  const down = fromHz / divisor;
  const { phases, taps } = bankOf(up, down);
  const out = new Int16Array(Math.floor((pcm.length * up) / down));
  const half = taps >> 1;
  for (let n = 0; n < out.length; n++) {
    const place = n * down;
    const start = Math.floor(place / up) - half + 1;
    const filter = phases[place % up];
    if (!filter) continue;
    let sum = 0;
    for (let tap = Math.max(0, -start), end = Math.min(taps, pcm.length - start); tap < end; tap++) {
      sum += (filter[tap] ?? 0) * (pcm[start + tap] ?? 0);
    }
    out[n] = Math.max(-32768, Math.min(32767, Math.round(sum)));
  }
  return out;
}

function bankOf(up: number, down: number): FilterBank {
  const name = `${up}/${down}`;
  let bank = banks.get(name);
  if (!bank) banks.set(name, (bank = designed(up, down)));
  return bank;
}

function designed(up: number, down: number): FilterBank {
  const lower = Math.min(1, up / down);
  // Frequencies as parts of the input rate.
  const pass = PASS * lower;
  const stop = 0.5 * lower;
  const cutoff = (pass + stop) / 2;
  const beta = 0.1102 * (STOP_DB - 8.7);
  const taps = 2 * Math.ceil((STOP_DB - 8) / (2.285 * 2 * Math.PI * (stop - pass)) / 2);
  const half = taps / 2;
  const peak = bessel(beta);
  const phases = Array.from({ length: up }, (_, phase) => {
    const filter = new Float64Array(taps);
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const t = tap - half + 1 - phase / up;
      const x = t / half;
      const window = Math.abs(x) >= 1 ? 0 : bessel(beta * Math.sqrt(1 - x * x)) / peak;
      const sinc = t === 0 ? 2 * cutoff : Math.sin(2 * Math.PI * cutoff * t) / (Math.PI * t);
      filter[tap] = sinc * window;
      sum += filter[tap] ?? 0;
    }
    return filter.map((tap) => tap / sum);
  });
  return { phases, taps };
}

/** Modified Bessel function of the first kind, order 0, by its series. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-9; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
