import { describe, expect, it } from 'vitest';
import { encodeG711, FRAME_SAMPLES, transcodeTable } from '@callwright/media';
import { Player } from './player.js';

const part = (value: number, length: number, endless = false) => ({
  codec: 'PCMA' as const,
  codes: new Uint8Array(length).fill(value),
  endless,
});

function playAll(player: Player, codec: 'PCMA' | 'PCMU' = 'PCMA', mostFrames = 100): number[] {
  const frame = new Uint8Array(FRAME_SAMPLES + 12);
  const out: number[] = [];
  for (let n = 0; n < mostFrames && !player.ended; n++) {
    player.fill(frame, 12, codec);
    out.push(...frame.subarray(12));
  }
  return out;
}

describe('Player', () => {
  it('joins parts without a gap and fills up the last frame with silence', () => {
    const player = new Player([part(1, 100), part(2, 100)], 1);
    expect(playAll(player)).toEqual([
      ...new Array<number>(100).fill(1),
      ...new Array<number>(100).fill(2),
      ...new Array<number>(120).fill(0xd5),
    ]);
    expect(player.playedMs).toBe(25);
  });

  it('plays everything as often as asked, 0 for ever', () => {
    expect(playAll(new Player([part(1, 100), part(2, 60)], 3))).toHaveLength(3 * FRAME_SAMPLES);
    expect(playAll(new Player([part(1, 100)], 0))).toHaveLength(100 * FRAME_SAMPLES);
  });

  it('stays in an endless part', () => {
    const out = playAll(new Player([part(1, 50), part(2, 70, true), part(3, 50)], 1));
    expect(out).toHaveLength(100 * FRAME_SAMPLES);
    expect(out.includes(3)).toBe(false);
  });

  it('ends at once when there is nothing to play', () => {
    for (const loop of [0, 1]) {
      expect(new Player([], loop).ended).toBe(true);
      expect(new Player([part(1, 0)], loop).ended).toBe(true);
    }
  });

  it('translates what was encoded for the other law', () => {
    const pcm = Int16Array.from({ length: FRAME_SAMPLES }, (_, n) => n * 100);
    const codes = encodeG711('PCMA', pcm);
    const out = playAll(new Player([{ codec: 'PCMA', codes, endless: false }], 1), 'PCMU');
    expect(out).toEqual([...codes].map((code) => transcodeTable('PCMA')[code]));
  });
});
