import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactNtp, ntpTime, roundTripMs } from './ntp.js';
import { buildRtcp, parseRtcp, type RtcpPacket } from './packet.js';

const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });
const block = fc.record({
  ssrc: uint32,
  fractionLost: fc.integer({ min: 0, max: 255 }),
  packetsLost: fc.integer({ min: -0x80_0000, max: 0x7f_ffff }),
  highestSequence: uint32,
  jitter: uint32,
  lastSenderReport: uint32,
  delaySinceLastSenderReport: uint32,
});
const blocks = fc.array(block, { maxLength: 31 });
const ascii = fc.string({ unit: 'grapheme-ascii', maxLength: 255 });
const sender = fc.record({
  ntpSeconds: uint32,
  ntpFraction: uint32,
  rtpTimestamp: uint32,
  packets: uint32,
  bytes: uint32,
});
const report: fc.Arbitrary<RtcpPacket> = fc.oneof(
  fc.record({ type: fc.constant('sender-report' as const), ssrc: uint32, sender, blocks }),
  fc.record({ type: fc.constant('receiver-report' as const), ssrc: uint32, blocks }),
);
const chunk = fc.record({ ssrc: uint32, cname: fc.option(ascii) });
const follower: fc.Arbitrary<RtcpPacket> = fc.oneof(
  report,
  fc.record({ type: fc.constant('source-description' as const), chunks: fc.array(chunk, { maxLength: 31 }) }),
  fc.record({ type: fc.constant('bye' as const), ssrcs: fc.array(uint32, { maxLength: 31 }), reason: ascii }),
);

describe('RTCP packets', () => {
  it('survive being written and read', () => {
    fc.assert(
      fc.property(report, fc.array(follower, { maxLength: 4 }), (first, others) => {
        expect(parseRtcp(buildRtcp([first, ...others]))).toEqual([first, ...others]);
      }),
    );
  });

  it('reading any bytes gives packets or its own error, and building what was read is a fixed point (A2)', () => {
    const plausible = fc
      .tuple(report, fc.array(follower, { maxLength: 3 }), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }))
      .map(([first, others, bruises]) => {
        const bytes = buildRtcp([first, ...others]);
        for (const [at, value] of bruises) bytes[at % bytes.length] = value;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(plausible, fc.uint8Array({ maxLength: 65_536 })), (bytes) => {
        let read;
        try {
          read = parseRtcp(bytes);
        } catch (error) {
          expect(error).toMatchObject({ code: 'media.bad-rtcp' });
          return;
        }
        expect(parseRtcp(buildRtcp(read))).toEqual(read);
      }),
      { numRuns: 1000 },
    );
  });

  it('are refused when they do not begin with a report', () => {
    expect(() => parseRtcp(buildRtcp([{ type: 'bye', ssrcs: [1], reason: '' }]))).toThrow('report');
  });
});

describe('NTP time', () => {
  it('counts from 1900', () => {
    expect(ntpTime(0)).toEqual({ seconds: 2_208_988_800, fraction: 0 });
    expect(ntpTime(1500)).toEqual({ seconds: 2_208_988_801, fraction: 0x8000_0000 });
  });

  it('gives the round trip of a report', () => {
    const sent = compactNtp(ntpTime(1_000_000));
    const now = compactNtp(ntpTime(1_000_000 + 5000 + 120));
    expect(roundTripMs(now, sent, 5 * 65_536)).toBeCloseTo(120, 0);
    expect(roundTripMs(now, 0, 0)).toBeNull();
    expect(roundTripMs(now, sent, 6 * 65_536)).toBeNull();
  });
});
