import { describe, expect, it } from 'vitest';
import { peaksOf } from './waveform.js';

/** A WAV file of 16 bit samples. */
function wav(samples: readonly number[], channels = 1): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(44 + samples.length * 2));
  const text = (at: number, letters: string) =>
    [...letters].forEach((one, index) => view.setUint8(at + index, one.charCodeAt(0)));
  text(0, 'RIFF');
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, index) => view.setInt16(44 + index * 2, sample, true));
  return view.buffer;
}

describe('a waveform', () => {
  it('is the loudest sample of each stretch', () => {
    expect([...peaksOf(wav([0, 8192, -16384, 0, 0, 0, 16384, 0]), 4)!]).toEqual([0.25, 0.5, 0, 0.5]);
  });

  it('takes the louder of two channels', () => {
    expect([...peaksOf(wav([0, 16384, 8192, 0], 2), 2)!]).toEqual([0.5, 0.25]);
  });

  it('is none of what is no WAV file', () => {
    expect(peaksOf(new ArrayBuffer(10), 4)).toBeNull();
    expect(peaksOf(new TextEncoder().encode('<html>'.repeat(20)).buffer as ArrayBuffer, 4)).toBeNull();
  });
});
