import { messageOf } from '@callwright/kernel';
import type { Prompt } from '@callwright/channel-contract';
import type { NodeRun } from '../node.js';
import { childSignal } from './child-signal.js';

/**
 * The caller hears a prompt over and over while something else is done, or until that stops it, and silence again before this resolves. A caller who
 * cannot hear yet is left alone; music that cannot be played is logged and does not keep the work from being done.
 */
export async function withMusic<T>(
  run: NodeRun<unknown>,
  music: Prompt,
  work: (stop: () => void) => Promise<T>,
): Promise<T> {
  const { caller } = run.channel;
  if (music.length === 0 || !caller.hasAudio) return work(() => {});
  const stop = childSignal(run.signal);
  const playing = caller.play(music, { bargeIn: false, loop: 0 }, stop.signal).catch((error: unknown) => {
    run.log('warn', `The music cannot be played: ${messageOf(error)}`);
  });
  try {
    return await work(() => stop.abort());
  } finally {
    stop.abort();
    stop.release();
    await playing;
  }
}
