/** Zero crossings of the filter on each side, and its window's shape: stop band below -80 dB. */
const ZERO_CROSSINGS = 32;
const KAISER_BETA = 8;
/** Of the lower half rate: what is above is leakage that would fold back. */
const PASS_BAND = 0.94;

function besselI0(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; k < 40; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/**
 * Any rate to any rate by a windowed sinc (Kaiser, beta 8): the low-pass lies below half of the lower rate, so nothing folds back.
 * The filter of each phase is made once: rates that have a common divisor, as audio's have, need few.
 */
export function resample(input: Float32Array, fromRate: number, toRate: number): Float32Array {
  if (fromRate === toRate) return input;
  const divisor = greatestCommonDivisor(fromRate, toRate);
  const up = toRate / divisor;
  const down = fromRate / divisor;
  const cutoff = Math.min(1, toRate / fromRate) * PASS_BAND;
  const half = Math.ceil(ZERO_CROSSINGS / cutoff);
  const filters = new Map<number, Float64Array>();
  const output = new Float32Array(Math.floor((input.length * up) / down));
  for (let n = 0; n < output.length; n++) {
    const position = n * down;
    const centre = Math.floor(position / up);
    const phase = position % up;
    let filter = filters.get(phase);
    if (!filter) filters.set(phase, (filter = filterOf(phase / up, cutoff, half)));
    const first = centre - half + 1;
    let sum = 0;
    const from = Math.max(0, -first);
    const to = Math.min(filter.length, input.length - first);
    for (let k = from; k < to; k++) sum += input[first + k]! * filter[k]!;
    output[n] = sum;
  }
  return output;
}

/** Taps for a sample that lies `fraction` behind the one before it; their sum is one. */
function filterOf(fraction: number, cutoff: number, half: number): Float64Array {
  const taps = new Float64Array(2 * half);
  let sum = 0;
  for (let k = 0; k < taps.length; k++) {
    const x = k - half + 1 - fraction;
    const inside = Math.max(0, 1 - (x / half) ** 2);
    const sinc = x === 0 ? cutoff : Math.sin(Math.PI * cutoff * x) / (Math.PI * x);
    taps[k] = sinc * besselI0(KAISER_BETA * Math.sqrt(inside));
    sum += taps[k]!;
  }
  for (let k = 0; k < taps.length; k++) taps[k]! /= sum;
  return taps;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
