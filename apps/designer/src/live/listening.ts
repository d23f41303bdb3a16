import { listen } from '../api/live.js';

const RATE = 8000;
/** How far ahead sound is laid out: what hides the network's unevenness from the ear. */
const AHEAD_S = 0.25;
/** Later than this it is not live any more: what is late is left out. */
const MOST_AHEAD_S = 1;

export interface Ear {
  /** How loud the far end and what it hears have just been: 0 to 1. */
  readonly levels: () => readonly [number, number];
  readonly stop: () => void;
}

/** Lets a person hear a leg of a running call through the loudspeaker. There is no microphone in it, and no way into the call. */
export async function listenTo(call: string, leg: string, onEnd: () => void): Promise<Ear> {
  const audio = new AudioContext();
  let next = 0;
  let levels: readonly [number, number] = [0, 0];
  const close = () => void audio.close();
  const play = (stereo: Int16Array) => {
    const frames = stereo.length / 2;
    if (frames === 0) return;
    const buffer = audio.createBuffer(2, frames, RATE);
    levels = [0, 1].map((side) => {
      const samples = buffer.getChannelData(side);
      let peak = 0;
      for (let n = 0; n < frames; n++) {
        samples[n] = stereo[2 * n + side]! / 32_768;
        peak = Math.max(peak, Math.abs(samples[n]!));
      }
      return peak;
    }) as [number, number];
    if (next < audio.currentTime || next > audio.currentTime + MOST_AHEAD_S) next = audio.currentTime + AHEAD_S;
    const source = audio.createBufferSource();
    source.buffer = buffer;
    source.connect(audio.destination);
    source.start(next);
    next += buffer.duration;
  };
  try {
    const stop = await listen(call, leg, {
      onSound: play,
      onEnd: () => {
        close();
        onEnd();
      },
    });
    return {
      levels: () => levels,
      stop: () => {
        stop();
        close();
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}
