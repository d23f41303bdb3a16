import type { RingOptions } from '@callwright/channel-contract';
import type { LegCore } from './leg-operations.js';
import { playQuietly } from './play.js';

/** Lets a ringtone sound for as long as `Leg.ring` says; the returned promise is its. `answered` settles when the leg is answered. */
export async function soundRingtone(
  leg: LegCore,
  options: RingOptions,
  signal: AbortSignal,
  hear: boolean,
  whenOver: (task: () => void) => () => void,
  keep: (ringtone: { stop: () => void }) => void,
): Promise<void> {
  const audio = hear ? await leg.audio(options.ringtone, {}) : [];
  if (signal.aborted || leg.ended) return;
  const sounds = audio.length > 0;
  await new Promise<void>((resolve) => {
    const cleanups: (() => void)[] = [];
    const finish = () => {
      for (const task of cleanups.splice(0)) task();
      resolve();
    };
    if (sounds) {
      const ringtone = playQuietly(leg, audio, options.repeat ? 0 : 1, () => {
        if (options.durationMs === null) finish();
      });
      keep(ringtone);
      // With no duration the tone goes on until the answer.
      if (options.durationMs !== 0) cleanups.push(() => ringtone.stop());
    }
    if (options.durationMs === 0 || (options.durationMs === null && !sounds)) return finish();
    if (options.durationMs !== null) cleanups.push(leg.clock.at(leg.clock.now() + options.durationMs, finish));
    cleanups.push(whenOver(finish));
    signal.addEventListener('abort', finish, { once: true });
    cleanups.push(() => signal.removeEventListener('abort', finish));
  });
}
