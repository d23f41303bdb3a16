import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildRtp, parseRtp } from './packet.js';

const packet = {
  payloadType: 0,
  marker: true,
  sequence: 0xfffe,
  timestamp: 0xfffffff0,
  ssrc: 0xdeadbeef,
  payload: Uint8Array.of(1, 2, 3),
};

describe('RTP packets', () => {
  it('survive being written and read', () => {
    expect(parseRtp(buildRtp(packet))).toEqual(packet);
  });

  it('are read past CSRCs, extension and padding', () => {
    const bytes = Uint8Array.of(
      ...[0xb1, 0x00, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3], // V=2, padding, extension, one CSRC
      ...[9, 9, 9, 9], // CSRC
      ...[0xbe, 0xde, 0, 1, 8, 8, 8, 8], // extension of one word
      ...[42, 43], // payload
      ...[0, 0, 3], // padding
    );
    expect([...parseRtp(bytes).payload]).toEqual([42, 43]);
  });

  it.each([
    ['too short', [0x80, 0, 0]],
    ['of another version', [0x40, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3]],
    ['with more CSRCs than bytes', [0x8f, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3]],
    ['with an extension that is cut off', [0x90, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0]],
    ['with more padding than payload', [0xa0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 200]],
    ['with no padding where some is promised', [0xa0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0]],
    ['that is RTCP', [0x80, 200, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3]],
  ])('are refused when they are %s', (_, bytes) => {
    expect(() => parseRtp(Uint8Array.from(bytes))).toThrow(expect.objectContaining({ code: 'media.bad-rtp' }) as Error);
  });

  it('reading any bytes gives a packet or its own error, and building what was read is a fixed point (A2)', () => {
    const head = fc.uint8Array({ minLength: 12, maxLength: 400 }).map((bytes) => {
      bytes[0] = (bytes[0]! & 0x3f) | 0x80;
      return bytes;
    });
    fc.assert(
      fc.property(fc.oneof(head, fc.uint8Array({ maxLength: 65_536 })), (bytes) => {
        let read;
        try {
          read = parseRtp(bytes);
        } catch (error) {
          expect(error).toMatchObject({ code: 'media.bad-rtp' });
          return;
        }
        expect(parseRtp(buildRtp(read))).toEqual(read);
      }),
      { numRuns: 500 },
    );
  });
});
