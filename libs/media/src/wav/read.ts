import { SAMPLE_RATE, saturate } from '../audio.js';
import { badWav, unknownFormat } from '../errors.js';
import { decodeTable } from '../g711/g711.js';
import { resample } from './resample.js';

const PCM = 1;
const FLOAT = 3;
const A_LAW = 6;
const MU_LAW = 7;
const EXTENSIBLE = 0xfffe;

const MAX_CHANNELS = 8;
const MIN_RATE = 1000;
const MAX_RATE = 768_000;

export interface WavFormat {
  readonly encoding: 'pcm' | 'float' | 'a-law' | 'mu-law';
  readonly bits: number;
  readonly channels: number;
  readonly sampleRate: number;
}

interface Wav {
  readonly format: WavFormat;
  /** Where the samples lie: whole ones of all channels. */
  readonly dataStart: number;
  readonly frames: number;
}

/** Format and length of a WAV file. Throws `media.unknown-format` or `media.bad-wav` (kind `input`). */
export function inspectWav(bytes: Uint8Array): { readonly format: WavFormat; readonly durationMs: number } {
  const { format, frames } = locate(bytes);
  return { format, durationMs: (frames * 1000) / format.sampleRate };
}

/**
 * The sound of a WAV file as the telephone carries it: 8,000 Hz, mono (channels are averaged), 16 bits.
 * Reads PCM of 8, 16, 24, 32 bits, 32-bit float, A-law and mu-law, at any rate.
 * Throws `media.unknown-format` or `media.bad-wav` (kind `input`).
 */
export function readWav(bytes: Uint8Array): Int16Array {
  const { format, dataStart, frames } = locate(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sampleAt = reader(view, format);
  const width = format.bits / 8;
  const { channels } = format;
  const mono = new Float32Array(frames);
  let at = dataStart;
  for (let n = 0; n < frames; n++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++, at += width) sum += sampleAt(at);
    mono[n] = sum / channels;
  }
  return Int16Array.from(resample(mono, format.sampleRate, SAMPLE_RATE), (value) => saturate(Math.round(value)));
}

/** Reads one sample as a 16-bit value (with a fraction). */
function reader(view: DataView, { encoding, bits }: WavFormat): (at: number) => number {
  switch (encoding) {
    case 'a-law':
    case 'mu-law': {
      const table = decodeTable(encoding === 'a-law' ? 'PCMA' : 'PCMU');
      return (at) => table[view.getUint8(at)]!;
    }
    case 'float':
      return (at) => {
        const value = view.getFloat32(at, true) * 32_768;
        // Files may hold NaN and infinities; neither is a sound.
        return Number.isFinite(value) ? saturate(value) : 0;
      };
    case 'pcm':
      if (bits === 8) return (at) => (view.getUint8(at) - 128) * 256;
      if (bits === 16) return (at) => view.getInt16(at, true);
      if (bits === 24) return (at) => view.getInt16(at + 1, true) + view.getUint8(at) / 256;
      return (at) => view.getInt32(at, true) / 65_536;
  }
}

function locate(bytes: Uint8Array): Wav {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || tagAt(bytes, 0) !== 'RIFF' || tagAt(bytes, 8) !== 'WAVE')
    throw unknownFormat('it does not begin as a WAV file');
  let format: WavFormat | null = null;
  let at = 12;
  while (at + 8 <= bytes.length) {
    const tag = tagAt(bytes, at);
    const start = at + 8;
    // A writer that was cut off, or wrote to a pipe, could not fill in the length: the rest of the file is the chunk.
    const said = view.getUint32(at + 4, true);
    const length = Math.min(tag === 'data' && said === 0 ? Infinity : said, bytes.length - start);
    if (tag === 'fmt ') format = readFormat(view, start, length);
    if (tag === 'data') {
      if (!format) throw badWav('its samples come before their format');
      const frames = Math.floor(length / ((format.bits / 8) * format.channels));
      if (frames === 0) throw badWav('it holds no samples');
      return { format, dataStart: start, frames };
    }
    at = start + length + (length & 1);
  }
  throw badWav(format ? 'it has no samples' : 'it has no format');
}

function readFormat(view: DataView, at: number, length: number): WavFormat {
  if (length < 16) throw badWav('its format is cut off');
  let code = view.getUint16(at, true);
  const channels = view.getUint16(at + 2, true);
  const sampleRate = view.getUint32(at + 4, true);
  const bits = view.getUint16(at + 14, true);
  if (code === EXTENSIBLE) {
    if (length < 26) throw badWav('its extended format is cut off');
    code = view.getUint16(at + 24, true);
  }
  if (channels < 1 || channels > MAX_CHANNELS) throw unknownFormat('the number of channels', { channels });
  if (sampleRate < MIN_RATE || sampleRate > MAX_RATE) throw unknownFormat('the sample rate', { sampleRate });
  const encoding = encodingOf(code, bits);
  if (!encoding) throw unknownFormat('the encoding of its samples', { code, bits });
  return { encoding, bits, channels, sampleRate };
}

function encodingOf(code: number, bits: number): WavFormat['encoding'] | null {
  if (code === PCM && (bits === 8 || bits === 16 || bits === 24 || bits === 32)) return 'pcm';
  if (code === FLOAT && bits === 32) return 'float';
  if (code === A_LAW && bits === 8) return 'a-law';
  if (code === MU_LAW && bits === 8) return 'mu-law';
  return null;
}

const tagAt = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
