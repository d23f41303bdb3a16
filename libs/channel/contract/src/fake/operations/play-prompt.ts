import type { PlayOptions, PlayResult } from '../../channel.js';
import type { Prompt } from '../../words.js';
import { startPlayer } from '../player.js';
import type { Piece } from '../sound.js';
import type { LegInside } from './leg-inside.js';
import { Operation } from './operation.js';

/** Plays something that has a length. */
export function playPrompt(
  leg: LegInside,
  { prompt, pieces }: { prompt: Prompt; pieces: readonly Piece[] },
  { bargeIn, loop }: PlayOptions,
  signal: AbortSignal,
): Promise<PlayResult> {
  const operation = new Operation<PlayResult>();
  leg.occupy('prompt', operation);
  leg.call.tell({ name: 'prompt.started', leg: leg.name, parts: prompt });
  const finish = (reason: PlayResult['reason']) => {
    operation.finish(() => {
      leg.call.tell({ name: 'prompt.ended', leg: leg.name, reason });
      return { reason, playedMs: player.playedMs };
    });
  };
  const player = startPlayer({
    clock: leg.call.clock,
    pieces,
    loop,
    onSound: leg.sender('prompt'),
    onEnd: () => finish('end'),
  });
  operation.cleanup(() => player.stop());
  leg.whenEnded(operation, () => finish('stopped'));
  operation.onAbort(signal, () => finish('stopped'));
  if (bargeIn) leg.whenPressed(operation, () => finish('barge-in'));
  return operation.result;
}
