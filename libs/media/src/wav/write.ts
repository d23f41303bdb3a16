import { SAMPLE_RATE } from '../audio.js';

export const WAV_HEADER_BYTES = 44;

/**
 * The header of a file of 16 bits, 8,000 Hz; `samples` are those of one channel. A file that is still being written has 0, which readers
 * take for "until the end of the file".
 */
export function wavHeader(samples: number, channels: 1 | 2 = 1): Uint8Array {
  const frameBytes = 2 * channels;
  const bytes = new Uint8Array(WAV_HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  const tag = (at: number, text: string) =>
    [...text].forEach((character, n) => view.setUint8(at + n, character.charCodeAt(0)));
  tag(0, 'RIFF');
  view.setUint32(4, WAV_HEADER_BYTES - 8 + samples * frameBytes, true);
  tag(8, 'WAVE');
  tag(12, 'fmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, SAMPLE_RATE, true);
  view.setUint32(28, SAMPLE_RATE * frameBytes, true);
  view.setUint16(32, frameBytes, true);
  view.setUint16(34, 16, true);
  tag(36, 'data');
  view.setUint32(40, samples * frameBytes, true);
  return bytes;
}

/** Samples as WAV files hold them: 16 bits, the lower byte first; of two channels in turn. */
export function writeSamples(pcm: Int16Array, into: Uint8Array, at: number): void {
  for (let n = 0; n < pcm.length; n++) {
    const sample = pcm[n]!;
    into[at + 2 * n] = sample;
    into[at + 2 * n + 1] = sample >> 8;
  }
}

/** A whole WAV file: mono, 16 bits, 8,000 Hz. */
export function writeWav(pcm: Int16Array): Uint8Array {
  const bytes = new Uint8Array(WAV_HEADER_BYTES + pcm.length * 2);
  bytes.set(wavHeader(pcm.length));
  writeSamples(pcm, bytes, WAV_HEADER_BYTES);
  return bytes;
}
