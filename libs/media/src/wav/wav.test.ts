import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeG711 } from '../g711/g711.js';
import { levelOf } from '../level/level.js';
import { correlate } from '../testing/correlation.js';
import { sine } from '../testing/sound.js';
import { inspectWav, readWav } from './read.js';
import { resample } from './resample.js';
import { wavHeader, writeWav } from './write.js';

interface Spec {
  readonly code: number;
  readonly bits: number;
  readonly channels?: number;
  readonly rate?: number;
  readonly extensible?: boolean;
}

/** A WAV file with another chunk before its samples, as editors write them. */
function wavFile(
  { code, bits, channels = 1, rate = 8000, extensible = false }: Spec,
  data: Uint8Array,
  dataLength = data.length,
): Uint8Array {
  const format = new DataView(new ArrayBuffer(extensible ? 40 : 16));
  format.setUint16(0, extensible ? 0xfffe : code, true);
  format.setUint16(2, channels, true);
  format.setUint32(4, rate, true);
  format.setUint32(8, (rate * channels * bits) / 8, true);
  format.setUint16(12, (channels * bits) / 8, true);
  format.setUint16(14, bits, true);
  if (extensible) format.setUint16(24, code, true);
  const chunk = (tag: string, body: Uint8Array, length = body.length) => {
    const head = new DataView(new ArrayBuffer(8));
    [...tag].forEach((character, n) => head.setUint8(n, character.charCodeAt(0)));
    head.setUint32(4, length, true);
    return [...new Uint8Array(head.buffer), ...body, ...(body.length & 1 ? [0] : [])];
  };
  const body = [
    ...chunk('fmt ', new Uint8Array(format.buffer)),
    ...chunk('LIST', Uint8Array.of(1, 2, 3)),
    ...chunk('data', data, dataLength),
  ];
  return Uint8Array.from([...chunk('RIFF', new Uint8Array(0), body.length + 4), ...[0x57, 0x41, 0x56, 0x45], ...body]);
}

const tone = sine(440, -6, 4000);

function asBytes(pcm: Int16Array, bits: number): Uint8Array {
  const view = new DataView(new ArrayBuffer((pcm.length * bits) / 8));
  pcm.forEach((sample, n) => {
    if (bits === 8) view.setUint8(n, (sample >> 8) + 128);
    if (bits === 16) view.setInt16(n * 2, sample, true);
    if (bits === 24) view.setInt16(n * 3 + 1, sample, true);
    if (bits === 32) view.setInt32(n * 4, sample * 65_536, true);
  });
  return new Uint8Array(view.buffer);
}

describe('WAV files', () => {
  it('that we write, we read', () => {
    expect(readWav(writeWav(tone))).toEqual(tone);
    expect(inspectWav(writeWav(tone))).toEqual({
      format: { encoding: 'pcm', bits: 16, channels: 1, sampleRate: 8000 },
      durationMs: 500,
    });
  });

  it.each([8, 16, 24, 32])('of %i bits are read, with or without the extended format', (bits) => {
    for (const extensible of [false, true]) {
      expect(
        correlate(readWav(wavFile({ code: 1, bits, extensible }, asBytes(tone, bits))), tone).likeness,
      ).toBeGreaterThan(0.999);
    }
  });

  it('of floats are read, and what is no number is silence', () => {
    const floats = Float32Array.from(tone, (sample, n) => (n === 5 ? NaN : sample / 32_768));
    const read = readWav(wavFile({ code: 3, bits: 32 }, new Uint8Array(floats.buffer)));
    expect(read[5]).toBe(0);
    expect(correlate(read, tone).likeness).toBeGreaterThan(0.999);
  });

  it('of mu-law and A-law are read', () => {
    expect(correlate(readWav(wavFile({ code: 7, bits: 8 }, encodeG711('PCMU', tone))), tone).likeness).toBeGreaterThan(
      0.999,
    );
    expect(correlate(readWav(wavFile({ code: 6, bits: 8 }, encodeG711('PCMA', tone))), tone).likeness).toBeGreaterThan(
      0.999,
    );
  });

  it('with two channels are averaged', () => {
    const both = new Int16Array(8000);
    tone.forEach((sample, n) => {
      both[2 * n] = sample;
      both[2 * n + 1] = -sample;
    });
    expect(levelOf(readWav(wavFile({ code: 1, bits: 16, channels: 2 }, asBytes(both, 16))))).toBe(-96);
  });

  it.each([0, 0xffff_ffff])('whose writer could not fill in the length (%i) are read to their end', (length) => {
    expect(readWav(wavFile({ code: 1, bits: 16 }, asBytes(tone, 16), length))).toEqual(tone);
    const unfinished = writeWav(tone);
    unfinished.set(wavHeader(0));
    expect(readWav(unfinished)).toEqual(tone);
  });

  it.each([
    ['MP3', 'media.unknown-format', Uint8Array.of(0xff, 0xfb, 0x90, 0x64)],
    ['an unknown encoding', 'media.unknown-format', wavFile({ code: 0x55, bits: 16 }, new Uint8Array(10))],
    ['a rate of nothing', 'media.unknown-format', wavFile({ code: 1, bits: 16, rate: 0 }, new Uint8Array(10))],
    ['no channels', 'media.unknown-format', wavFile({ code: 1, bits: 16, channels: 0 }, new Uint8Array(10))],
    ['no samples', 'media.bad-wav', wavFile({ code: 1, bits: 16 }, new Uint8Array(0))],
    ['only its head', 'media.bad-wav', writeWav(tone).subarray(0, 20)],
  ])('with %s are refused: %s', (_, code, bytes) => {
    expect(() => readWav(bytes)).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('reading any bytes gives samples or its own error (A2)', () => {
    const plausible = fc
      .tuple(
        fc.constantFrom(1, 3, 6, 7, 0xfffe, 0x55),
        fc.constantFrom(8, 16, 24, 32),
        fc.integer({ min: 0, max: 3 }),
        fc.nat(50_000),
        fc.uint8Array({ maxLength: 300 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }),
      )
      .map(([code, bits, channels, rate, data, bruises]) => {
        const bytes = wavFile({ code, bits, channels, rate }, data);
        for (const [at, value] of bruises) bytes[at % bytes.length] = value;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(plausible, fc.uint8Array({ maxLength: 65_536 })), (bytes) => {
        try {
          expect(writeWav(readWav(bytes)).length).toBeGreaterThanOrEqual(44);
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/^media\.(bad-wav|unknown-format)$/) as string });
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('resample', () => {
  const at = (hertz: number, rate: number, seconds = 0.5) =>
    Float32Array.from({ length: rate * seconds }, (_, n) => 10_000 * Math.sin((2 * Math.PI * hertz * n) / rate));
  const middle = (samples: Float32Array) => Int16Array.from(samples.subarray(800, -800));

  it.each([11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 6000])(
    'keeps what the telephone carries, from %i Hz',
    (rate) => {
      const got = middle(resample(at(1000, rate), rate, 8000));
      expect(levelOf(got)).toBeCloseTo(levelOf(middle(at(1000, 8000))), 1);
      expect(correlate(got, sine(1000, 0, 1000)).likeness).toBeGreaterThan(0.999);
    },
  );

  it('loses at most 1 dB up to 3,400 Hz', () => {
    for (const hertz of [300, 2000, 3000, 3400]) {
      expect(levelOf(middle(resample(at(hertz, 48_000), 48_000, 8000)))).toBeGreaterThan(
        levelOf(middle(at(hertz, 8000))) - 1,
      );
    }
  });

  it('folds nothing back that is above half of the new rate', () => {
    for (const hertz of [4300, 5000, 7000, 12_000, 20_000]) {
      expect(levelOf(middle(resample(at(hertz, 48_000), 48_000, 8000)))).toBeLessThan(-60);
    }
  });
});
