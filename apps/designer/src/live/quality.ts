import type { LegQuality } from '../api/types.js';

/** What a person would say of the sound: 5 is as if in the same room, 4.4 the best of a telephone, below 3.6 people complain. */
export interface Sound {
  readonly mos: number;
  readonly lossPercent: number;
  readonly grade: 'good' | 'fair' | 'poor';
}

/**
 * Mean opinion score from loss, jitter and delay: ITU-T G.107 in its reduced form for G.711 with concealment (Ie 0, Bpl 25.1), the
 * jitter counted as delay twice over. Null: nothing came yet.
 */
export function soundOf({ packetsReceived, packetsLost, jitterMs, roundTripMs }: LegQuality): Sound | null {
  const expected = packetsReceived + Math.max(0, packetsLost);
  if (packetsReceived === 0) return null;
  const loss = (100 * Math.max(0, packetsLost)) / expected;
  const delay = (roundTripMs ?? 0) / 2 + 2 * jitterMs + 20;
  const delayed = 0.024 * delay + (delay > 177.3 ? 0.11 * (delay - 177.3) : 0);
  const rating = Math.max(0, 93.2 - delayed - (95 * loss) / (loss + 25.1));
  const mos = 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6;
  return {
    mos: Math.round(Math.max(1, mos) * 10) / 10,
    lossPercent: Math.round(loss * 10) / 10,
    grade: mos >= 4 ? 'good' : mos >= 3.6 ? 'fair' : 'poor',
  };
}
