import { heardIn, voice } from '@callwright/media/testing';

export const SAMPLES_PER_SECOND = 8_000;

/** Something like a voice, no two stretches alike; another seed is another voice. */
export const speech = (seconds: number, seed: number): Int16Array => voice(seconds * SAMPLES_PER_SECOND, seed);

/** A WAV file of 16-bit mono samples at 8 kHz. Written here, not by the product's code, which is what is tested. */
export function wavOf(samples: Int16Array): Uint8Array {
  const bytes = Buffer.alloc(44 + samples.length * 2);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + samples.length * 2, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20); // PCM
  bytes.writeUInt16LE(1, 22); // mono
  bytes.writeUInt32LE(SAMPLES_PER_SECOND, 24);
  bytes.writeUInt32LE(SAMPLES_PER_SECOND * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(samples.length * 2, 40);
  bytes.set(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength), 44); // Little-endian, as every machine we run on.
  return bytes;
}

/** The samples of such a file. A file that is still being written says a length of 0: then everything after the header counts. */
export function samplesOf(file: Uint8Array): Int16Array {
  const bytes = Buffer.from(file);
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE')
    throw new Error('not a WAV file');
  let at = 12;
  while (at + 8 <= bytes.length) {
    const [name, size] = [bytes.toString('latin1', at, at + 4), bytes.readUInt32LE(at + 4)];
    at += 8;
    if (name === 'fmt ') {
      const [encoding, channels, rate, bits] = [
        bytes.readUInt16LE(at),
        bytes.readUInt16LE(at + 2),
        bytes.readUInt32LE(at + 4),
        bytes.readUInt16LE(at + 14),
      ];
      if (encoding !== 1 || channels !== 1 || rate !== SAMPLES_PER_SECOND || bits !== 16) {
        throw new Error(`unexpected WAV format: encoding ${encoding}, ${channels} channels, ${rate} Hz, ${bits} bits`);
      }
    }
    if (name === 'data') {
      const end = size === 0 ? bytes.length : Math.min(bytes.length, at + size);
      return Int16Array.from({ length: Math.floor((end - at) / 2) }, (_, n) => bytes.readInt16LE(at + 2 * n));
    }
    at += size + (size % 2);
  }
  return new Int16Array(0);
}

/** How much of `said` is found in `heard`: 1 is all of it, another voice stays under 0.5. */
export const likeness = (heard: Int16Array, said: Int16Array): number => heardIn(heard, said).likeness;

/** How well any second of what was said is heard: who talks has often begun before the two were connected. */
export function bestSecond(heard: Int16Array, said: Int16Array): number {
  let best = 0;
  for (let at = 0; at + SAMPLES_PER_SECOND <= said.length && best < 0.95; at += SAMPLES_PER_SECOND) {
    best = Math.max(best, likeness(heard, said.subarray(at, at + SAMPLES_PER_SECOND)));
  }
  return best;
}

/** Seconds in which something was heard. */
export function loudSeconds(heard: Int16Array): number {
  const frame = 160;
  let loud = 0;
  for (let at = 0; at + frame <= heard.length; at += frame) {
    let energy = 0;
    for (let n = at; n < at + frame; n++) energy += heard[n]! ** 2;
    if (energy / frame > 200 ** 2) loud++;
  }
  return (loud * frame) / SAMPLES_PER_SECOND;
}
