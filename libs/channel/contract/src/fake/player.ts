import type { Clock } from '@callwright/kernel';
import type { Piece, Sound } from './sound.js';

export interface Player {
  readonly playedMs: number;
  /** Safe to call at any time; `onEnd` is not told. */
  stop(): void;
}

export interface PlayerOptions {
  readonly clock: Clock;
  readonly pieces: readonly Piece[];
  /** 0: until stopped. */
  readonly loop: number;
  /** What sounds from now on; null: silence, or the end. */
  readonly onSound: (sound: Sound | null) => void;
  readonly onEnd: () => void;
}

export const lengthOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, piece) => sum + piece.durationMs, 0);

/** Plays pieces one after the other on a clock, the first at once. Pieces without any length must not be given. */
export function startPlayer({ clock, pieces, loop, onSound, onEnd }: PlayerOptions): Player {
  const startedAt = clock.now();
  let stoppedAt: number | null = null;
  let cancel = () => {};

  const stop = () => {
    if (stoppedAt !== null) return;
    stoppedAt = clock.now();
    cancel();
    onSound(null);
  };

  const play = (index: number, round: number): void => {
    const piece = pieces[index];
    if (piece) {
      // A copy each time: the same words said twice are two sounds.
      onSound(piece.sound && { ...piece.sound });
      if (piece.durationMs !== Infinity)
        cancel = clock.at(clock.now() + piece.durationMs, () => play(index + 1, round));
    } else if (loop === 0 || round < loop) {
      play(0, round + 1);
    } else {
      stop();
      onEnd();
    }
  };
  play(0, 1);

  return {
    get playedMs() {
      return (stoppedAt ?? clock.now()) - startedAt;
    },
    stop,
  };
}
