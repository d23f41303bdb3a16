import { describe, expect, it } from 'vitest';
import {
  decodeG711,
  decodeTable,
  encodeG711,
  encodeTable,
  silenceCode,
  transcodeTable,
  type G711Codec,
} from './g711.js';

const CODECS: readonly G711Codec[] = ['PCMU', 'PCMA'];

describe('G.711', () => {
  it('knows the values that ITU-T G.711 prints', () => {
    expect(decodeTable('PCMU')[0x00]).toBe(-32_124);
    expect(decodeTable('PCMU')[0x80]).toBe(32_124);
    expect(decodeTable('PCMU')[0xff]).toBe(0);
    expect(decodeTable('PCMA')[0xd5]).toBe(8);
    expect(decodeTable('PCMA')[0x55]).toBe(-8);
    expect(decodeTable('PCMA')[0xaa]).toBe(32_256);
    expect(decodeTable('PCMA')[0x2a]).toBe(-32_256);
    expect(silenceCode('PCMU')).toBe(0xff);
    expect(silenceCode('PCMA')).toBe(0xd5);
  });

  it.each(CODECS)('%s gives back every code that it decodes (but for the two zeros)', (codec) => {
    for (let code = 0; code < 256; code++) {
      const sample = decodeTable(codec)[code]!;
      expect(decodeTable(codec)[encodeTable(codec)[sample & 0xffff]!]).toBe(sample);
    }
  });

  it.each(CODECS)('%s is never further off than half of the step at that level', (codec) => {
    for (let sample = -32_000; sample <= 32_000; sample += 7) {
      const got = decodeTable(codec)[encodeTable(codec)[sample & 0xffff]!]!;
      // Sixteen steps to a doubling; the last bits are below the 13 or 14 that are looked at.
      expect(Math.abs(got - sample)).toBeLessThanOrEqual(Math.abs(sample) / 32 + 12);
    }
  });

  it('transcodes without going through samples', () => {
    const codes = Uint8Array.from({ length: 256 }, (_, n) => n);
    for (const from of CODECS) {
      const to = from === 'PCMU' ? 'PCMA' : 'PCMU';
      expect([...codes].map((code) => transcodeTable(from)[code])).toEqual([
        ...encodeG711(to, decodeG711(from, codes)),
      ]);
    }
  });
});
