import { describe, expect, it } from 'vitest';
import { Reception } from './reception.js';

function stream(reception: Reception, sequences: readonly number[], ssrc = 1) {
  return sequences.map((sequence) => reception.accept(ssrc, sequence & 0xffff, sequence * 160, sequence * 160));
}

describe('Reception (RFC 3550 appendix A)', () => {
  it('counts what is lost across the wrap of the sequence', () => {
    const reception = new Reception();
    stream(reception, [65_533, 65_534, 65_536, 65_538, 65_539]);
    expect(reception.lost).toBe(2);
    expect(reception.report()).toMatchObject({
      packetsLost: 2,
      fractionLost: Math.floor((2 * 256) / 7),
      highestSequence: 65_539,
      jitter: 0,
    });
    expect(reception.report()).toMatchObject({ fractionLost: 0 });
  });

  it('does not count a packet that is late or doubled as lost or received twice', () => {
    const reception = new Reception();
    expect(stream(reception, [10, 12, 11, 12, 11, 13])).toEqual([
      'accepted-anew',
      'accepted',
      'accepted',
      'duplicate',
      'duplicate',
      'accepted',
    ]);
    expect(reception.lost).toBe(0);
  });

  it('believes another source only when it goes on', () => {
    const reception = new Reception();
    stream(reception, [1, 2, 3]);
    expect(reception.accept(99, 500, 0, 0)).toBe('refused');
    expect(reception.accept(98, 600, 0, 0)).toBe('refused');
    expect(stream(reception, [4])).toEqual(['accepted']);
    expect(reception.accept(99, 700, 0, 0)).toBe('refused');
    expect(reception.accept(99, 701, 160, 160)).toBe('accepted-anew');
    expect(reception.ssrc).toBe(99);
  });

  it('does not follow a single packet that is far off the sequence', () => {
    const reception = new Reception();
    stream(reception, [1, 2, 3]);
    expect(stream(reception, [20_000])).toEqual(['refused']);
    expect(stream(reception, [4])).toEqual(['accepted']);
    expect(stream(reception, [20_000, 20_001])).toEqual(['refused', 'accepted-anew']);
  });

  it('smooths jitter as section 6.4.1 says', () => {
    const reception = new Reception();
    for (let n = 0; n < 2000; n++) reception.accept(1, n, n * 160, n * 160 + (n % 2) * 80);
    expect(reception.jitter).toBeCloseTo(80, 0);
  });
});
