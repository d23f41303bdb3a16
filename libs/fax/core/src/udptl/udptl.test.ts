import { CallwrightError } from '@callwright/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildUdptl, parseUdptl } from './packet.js';
import { UdptlReceiver, UdptlSender } from './stream.js';

const field = fc.uint8Array({ minLength: 1, maxLength: 400 });

describe('a UDPTL packet', () => {
  it('is what it was built of', () => {
    fc.assert(
      fc.property(fc.nat(0xffff), field, fc.array(field, { maxLength: 7 }), (sequence, primary, secondary) => {
        expect(parseUdptl(buildUdptl({ sequence, primary, secondary }))).toEqual({ sequence, primary, secondary });
      }),
    );
  });

  it('is written as T.38 annex D shows it', () => {
    const bytes = buildUdptl({
      sequence: 0x0102,
      primary: Uint8Array.of(6),
      secondary: [Uint8Array.of(7, 8)],
    });
    expect([...bytes]).toEqual([1, 2, 1, 6, 0, 1, 2, 7, 8]);
  });

  it('gives its primary when the recovery is by FEC, which is not asked for', () => {
    expect(parseUdptl(Uint8Array.of(0, 9, 1, 6, 0x80, 1, 3, 1, 1, 0xff))).toEqual({
      sequence: 9,
      primary: Uint8Array.of(6),
      secondary: [],
    });
  });

  it('is refused with its own error, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          parseUdptl(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(CallwrightError);
          expect((error as CallwrightError).code).toBe('fax.bad-udptl');
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a UDPTL stream', () => {
  const packets = (count: number) => Array.from({ length: count }, (_, n) => Uint8Array.of(n & 0xff, n >>> 8, 7));

  it('gives every packet once and in order while no more are lost in a row than are repeated', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.nat(5), { minLength: 1, maxLength: 30 }),
        fc.nat(3),
        (redundancy, losses, doubled) => {
          const sender = new UdptlSender(redundancy, 1400);
          const receiver = new UdptlReceiver();
          const got: number[] = [];
          const sent = packets(losses.length * 7);
          let n = 0;
          for (const loss of losses) {
            const datagrams = sent.slice(n, n + 7).map((ifp) => sender.next(ifp));
            // The first comes, then so many are lost, and the others come; some of them twice.
            const lost = Math.min(loss, redundancy);
            for (const datagram of [datagrams[0]!, ...datagrams.slice(1 + lost)]) {
              for (let copy = 0; copy <= doubled; copy++)
                got.push(...receiver.receive(datagram).map(({ ifp }) => ifp[0]! | (ifp[1]! << 8)));
            }
            n += 7;
          }
          expect(got).toEqual(sent.map((_, index) => index));
          expect(receiver.lost).toBe(0);
        },
      ),
    );
  });

  it('goes on behind a gap that nothing fills, and counts what is lost', () => {
    const sender = new UdptlSender(1, 1400);
    const receiver = new UdptlReceiver();
    const datagrams = packets(6).map((ifp) => sender.next(ifp));
    expect([0, 4, 5].flatMap((n) => receiver.receive(datagrams[n]!)).map(({ sequence }) => sequence)).toEqual([
      0, 3, 4, 5,
    ]);
    expect(receiver).toMatchObject({ lost: 2, recovered: 1 });
  });

  it('takes numbers round the corner', () => {
    const receiver = new UdptlReceiver();
    const one = Uint8Array.of(1);
    const got = [0xfffe, 0xffff, 0, 1].flatMap((sequence) =>
      receiver.receive(buildUdptl({ sequence, primary: one, secondary: [one, one] })),
    );
    expect(got.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3]);
    // Another stream begins somewhere else: nothing of it is late, and nothing before it lost.
    const other = receiver.receive(buildUdptl({ sequence: 0x8000, primary: one, secondary: [] }));
    expect([other[0]?.sequence, receiver.lost]).toEqual([4, 0]);
  });

  it('repeats no more than the far end takes in one datagram', () => {
    const sender = new UdptlSender(3, 100);
    const lengths = Array.from({ length: 5 }, () => sender.next(new Uint8Array(40)).length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(100);
    expect(parseUdptl(sender.next(new Uint8Array(40))).secondary).toHaveLength(1);
  });
});
