import koffi from 'koffi';
import { messageOf } from '@callwright/kernel';

const PRIO_PROCESS = 0;
/** Before everything of usual priority, behind what keeps the machine alive. Real-time priority would starve V8's own helpers. */
const NICENESS = -10;

/**
 * Lets this thread run before others of the machine: 20 ms of audio wait for nobody. Linux counts niceness by thread; it takes root or
 * a limit (`LimitNICE=` of systemd). Gives why it was refused, or null. Media works without it, on a busy machine less evenly.
 */
export function raisePriority(): string | null {
  if (process.platform !== 'linux') return `threads have no niceness on ${process.platform}`;
  try {
    const libc = koffi.load('libc.so.6');
    const gettid = libc.func('int gettid()') as () => number;
    const setpriority = libc.func('int setpriority(int, int, int)') as (
      which: number,
      who: number,
      niceness: number,
    ) => number;
    return setpriority(PRIO_PROCESS, gettid(), NICENESS) === 0 ? null : `setpriority: error ${koffi.errno()}`;
  } catch (error) {
    return messageOf(error);
  }
}
