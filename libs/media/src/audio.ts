/** Everything inside the engine is 16-bit linear, mono, at this rate: what the telephone network carries. */
export const SAMPLE_RATE = 8000;
/** Samples of one 20 ms frame, the step in which everything moves. */
export const FRAME_SAMPLES = 160;
export const FRAME_MS = 20;

export const samplesOf = (ms: number): number => Math.round((ms * SAMPLE_RATE) / 1000);
export const msOf = (samples: number): number => (samples * 1000) / SAMPLE_RATE;

/** A 16-bit sample from anything a filter or an addition came up with: too loud is flat, never wrapped around. */
export const saturate = (value: number): number => (value > 32767 ? 32767 : value < -32768 ? -32768 : value);
