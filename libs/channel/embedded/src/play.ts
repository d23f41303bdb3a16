import type { PlayOptions, PlayResult, Prompt, PromptAudio } from '@callwright/channel-contract';
import { samplesOf, startTask, withAnEnd, type LegCore } from './leg-operations.js';
import type { MediaEvent } from './media/port.js';

/** Waits for `promise`, but no longer than until the signal aborts or the leg ends (null). */
async function unlessAborted<T>(leg: LegCore, promise: Promise<T>, signal: AbortSignal): Promise<T | null> {
  if (signal.aborted || leg.ended) return promise.then(() => null);
  let giveUp: () => void = () => undefined;
  const gaveUp = new Promise<null>((resolve) => (giveUp = () => resolve(null)));
  signal.addEventListener('abort', giveUp, { once: true });
  leg.watch({ result: gaveUp, expectEnd: giveUp });
  try {
    return await Promise.race([promise, gaveUp]);
  } finally {
    signal.removeEventListener('abort', giveUp);
    giveUp();
  }
}

/** Plays a prompt to the far end (`Leg.play`); `beforeSound` runs when the first sample is about to be played. */
export async function play(
  leg: LegCore,
  prompt: Prompt,
  options: PlayOptions,
  signal: AbortSignal,
  beforeSound: () => void,
): Promise<PlayResult> {
  const given = await unlessAborted(leg, leg.audio(prompt, options), signal);
  const audio = given && options.loop > 0 ? withAnEnd(given) : given;
  if (!audio || signal.aborted || leg.ended) return { reason: 'stopped', playedMs: 0 };
  if (options.bargeIn && leg.digits.length > 0) return { reason: 'barge-in', playedMs: 0 };
  if (samplesOf(audio) === 0) return { reason: 'end', playedMs: 0 };
  beforeSound();

  let startedAt: number | null = null;
  let bargedIn = false;
  const started = () => {
    if (startedAt !== null) return;
    startedAt = leg.clock.now();
    leg.tell({ name: 'prompt.started', leg: leg.name, parts: prompt });
  };
  const { session } = leg.media;
  const task = startTask<PlayResult>(leg, {
    signal,
    start: (id) => session.play({ id, audio, loop: options.loop, bargeIn: options.bargeIn }),
    stop: (id) => session.stopPlay(id),
    take: (event) => {
      if (event.type === 'play-started') started();
      return event.type === 'play-ended' ? { reason: event.reason, playedMs: event.playedMs } : undefined;
    },
    otherwise: () => ({ reason: 'stopped', playedMs: startedAt === null ? 0 : leg.clock.now() - startedAt }),
  });
  const unlisten = options.bargeIn
    ? leg.onForeignDigit(() => {
        bargedIn = true;
        task.stop();
      })
    : () => undefined;
  const result = await task.result;
  unlisten();
  const told: PlayResult = bargedIn && result.reason === 'stopped' ? { ...result, reason: 'barge-in' } : result;
  started();
  leg.tell({ name: 'prompt.ended', leg: leg.name, reason: told.reason });
  return told;
}

/** Plays without telling anybody (a ringtone, waiting music). `ended` is called when it has played to its end by itself. */
export function playQuietly(
  leg: LegCore,
  audio: readonly PromptAudio[],
  loop: number,
  ended: () => void = () => undefined,
): { stop: () => void } {
  if (samplesOf(audio) === 0) {
    ended();
    return { stop: () => undefined };
  }
  const { session } = leg.media;
  const take = (event: MediaEvent) => (event.type === 'play-ended' ? event.reason : undefined);
  const task = startTask<'end' | 'barge-in' | 'stopped'>(leg, {
    signal: null,
    start: (id) => session.play({ id, audio, loop, bargeIn: false }),
    stop: (id) => session.stopPlay(id),
    take,
    otherwise: () => 'stopped',
  });
  void task.result.then((reason) => {
    if (reason === 'end') ended();
  });
  return { stop: () => task.stop() };
}
