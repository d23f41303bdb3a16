import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPipedWav } from './wav.js';

function wav(
  {
    rateHz = 22_050,
    channels = 1,
    bits = 16,
    format = 1,
    dataLength,
  }: Record<string, number> & { dataLength?: number },
  samples: number[],
) {
  const bytes = new Uint8Array(44 + samples.length * 2);
  const view = new DataView(bytes.buffer);
  const text = (at: number, name: string) =>
    bytes.set(
      [...name].map((letter) => letter.charCodeAt(0)),
      at,
    );
  text(0, 'RIFF');
  view.setUint32(4, 0x7ffff024, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, format, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, rateHz, true);
  view.setUint16(34, bits, true);
  text(36, 'data');
  view.setUint32(40, dataLength ?? samples.length * 2, true);
  samples.forEach((sample, at) => view.setInt16(44 + at * 2, sample, true));
  return bytes;
}

describe('a WAV from a pipe', () => {
  it('is read to the end when its length was not known yet', () => {
    expect(readPipedWav(wav({ dataLength: 0x7ffff000 }, [1, -2, 3]))).toEqual({
      rateHz: 22_050,
      pcm: Int16Array.of(1, -2, 3),
    });
  });

  it('is read as far as it says when it knows', () => {
    expect(readPipedWav(wav({ dataLength: 4 }, [1, -2, 3]))?.pcm).toEqual(Int16Array.of(1, -2));
  });

  it.each([{ channels: 2 }, { bits: 8 }, { format: 3 }, { rateHz: 0 }])('is refused with %o', (facts) => {
    expect(readPipedWav(wav(facts, [1]))).toBeUndefined();
  });

  it('may be cut or garbled anywhere', () => {
    const whole = wav({}, [1, 2, 3, 4]);
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(whole.length - 1), fc.nat(255), (length, at, byte) => {
        const bytes = whole.slice(0, length);
        if (at < length) bytes[at] = byte;
        expect(() => readPipedWav(bytes)).not.toThrow();
      }),
    );
  });
});
