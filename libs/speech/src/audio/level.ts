/** Samples a second of everything that leaves this project. */
export const RATE_HZ = 8000;
export const samplesOf = (ms: number): number => Math.round((ms * RATE_HZ) / 1000);

const FRAME = samplesOf(10);
const FULL_SCALE = 32768;
const fromDb = (db: number): number => FULL_SCALE * 10 ** (db / 20);

/** No sample of a prompt is louder. */
export const PEAK = Math.floor(fromDb(-3));
/** Level of the spoken parts: about what a person on a good line has. */
const SPEECH_RMS = fromDb(-18);
/** A frame below it holds no speech: engines leave a hiss of -66 dBFS. */
const SILENCE_RMS = fromDb(-56);
/** Kept before and behind the first and last frame of speech: an /f/ or a /t/ begins below every threshold. */
const GUARD = samplesOf(30);

/** Level of each 10 ms, in samples of full scale 32,768. */
function frameLevels(pcm: Int16Array): Float64Array {
  const levels = new Float64Array(Math.ceil(pcm.length / FRAME));
  for (let frame = 0; frame < levels.length; frame++) {
    const end = Math.min(pcm.length, (frame + 1) * FRAME);
    let energy = 0;
    for (let at = frame * FRAME; at < end; at++) energy += (pcm[at] ?? 0) ** 2;
    levels[frame] = Math.sqrt(energy / (end - frame * FRAME));
  }
  return levels;
}

/** Takes the engine's silence off both ends. Nothing but silence gives nothing. */
export function trimSilence(pcm: Int16Array): Int16Array {
  const levels = frameLevels(pcm);
  const loud = (level: number) => level > SILENCE_RMS;
  const first = levels.findIndex(loud);
  if (first < 0) return new Int16Array(0);
  const last = levels.findLastIndex(loud);
  return pcm.subarray(Math.max(0, first * FRAME - GUARD), Math.min(pcm.length, (last + 1) * FRAME + GUARD));
}

/** RMS of the frames that hold speech: pauses between words do not make a prompt quieter. 0 when there is none. */
export function speechLevel(pcm: Int16Array): number {
  const levels = frameLevels(pcm);
  const floor = Math.max(SILENCE_RMS, levels.reduce((peak, level) => Math.max(peak, level), 0) / 16);
  let energy = 0;
  let frames = 0;
  for (const level of levels) {
    if (level < floor) continue;
    energy += level * level;
    frames += 1;
  }
  return frames ? Math.sqrt(energy / frames) : 0;
}

/** Brings speech to its usual level plus `volumeDb`; what would rise above `PEAK` is held down, never clipped. */
export function levelled(pcm: Int16Array, volumeDb = 0): Int16Array {
  const level = speechLevel(pcm);
  if (level === 0) return pcm;
  return limited(pcm, (SPEECH_RMS / level) * 10 ** (volumeDb / 20));
}

const LOOK_AHEAD = samplesOf(4);
const RELEASE = Math.exp(-1 / samplesOf(60));

/**
 * A limiter: the gain is down before the peak is there (4 ms ahead, in a straight line) and comes back within some 60 ms, so that
 * neither is heard as a click.
 */
function limited(pcm: Int16Array, gain: number): Int16Array {
  const wanted = new Float64Array(pcm.length);
  for (let at = 0; at < pcm.length; at++) wanted[at] = Math.min(1, PEAK / Math.max(1, Math.abs(pcm[at] ?? 0) * gain));
  // Backwards: the gain falls towards a peak by at most a step a sample.
  const step = 1 / LOOK_AHEAD;
  for (let at = pcm.length - 2; at >= 0; at--) wanted[at] = Math.min(wanted[at] ?? 1, (wanted[at + 1] ?? 1) + step);
  const out = new Int16Array(pcm.length);
  let held = 1;
  for (let at = 0; at < pcm.length; at++) {
    held = Math.min(wanted[at] ?? 1, 1 - (1 - held) * RELEASE);
    out[at] = Math.trunc((pcm[at] ?? 0) * gain * held);
  }
  return out;
}
