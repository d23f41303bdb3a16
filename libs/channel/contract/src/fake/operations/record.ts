import type { Recording, RecordOptions, RecordResult } from '../../channel.js';
import { BEEP_MS } from '../fake-prompts.js';
import { startPlayer } from '../player.js';
import type { Sound } from '../sound.js';
import type { LegInside } from './leg-inside.js';
import { Operation } from './operation.js';

/** Records the far end; who calls it has claimed the name. */
export function recordFarEnd(leg: LegInside, options: RecordOptions, signal: AbortSignal): Promise<RecordResult> {
  const { name, maxMs, silenceMs, terminators } = options;
  const { clock } = leg.call;
  const operation = new Operation<RecordResult>();
  let startedAt: number | null = null;
  let heard: Sound | null = null;
  let stopSilence = () => {};

  const finish = (cause: RecordResult['cause']) => {
    operation.finish(() => {
      const durationMs = startedAt === null ? 0 : clock.now() - startedAt;
      leg.call.recorded(name, durationMs, heard);
      leg.call.tell({ name: 'recording.ended', recording: name, leg: leg.name, durationMs, cause });
      return { name, durationMs, cause, audioDetected: heard !== null };
    });
  };
  const listen = () => {
    if (startedAt === null) return;
    stopSilence();
    const voice = leg.voice();
    if (voice) heard = voice;
    else if (silenceMs > 0) stopSilence = clock.at(clock.now() + silenceMs, () => finish('silence'));
  };
  const start = () => {
    startedAt = clock.now();
    operation.cleanup(clock.at(startedAt + maxMs, () => finish('max')));
    listen();
  };

  leg.call.tell({ name: 'recording.started', recording: name, leg: leg.name });
  if (options.beep) operation.cleanup(beep(leg, start));
  else start();
  leg.whenVoiceChanges(operation, listen);
  operation.cleanup(() => stopSilence());
  operation.cleanup(
    leg.digits.intercept((digit) => {
      if (!terminators.includes(digit)) return false;
      finish('terminator');
      return true;
    }),
  );
  leg.whenEnded(operation, () => finish('hang-up'));
  operation.onAbort(signal, () => finish('stopped'));
  return operation.result;
}

/** Gives what stops it. */
function beep(leg: LegInside, then: () => void): () => void {
  const player = startPlayer({
    clock: leg.call.clock,
    pieces: [{ durationMs: BEEP_MS, sound: { kind: 'prompt', text: '(beep)', frequency: null } }],
    loop: 1,
    onSound: leg.sender('beep'),
    onEnd: then,
  });
  return () => player.stop();
}

/** Records until `stop` or the end of the leg; who calls it has claimed the name. */
export function recordBothSides(leg: LegInside, name: string, onEnd: () => void): Recording {
  const { clock } = leg.call;
  const startedAt = clock.now();
  const operation = new Operation<{ durationMs: number }>();
  const finish = (cause: 'stopped' | 'hang-up') => {
    operation.finish(() => {
      const durationMs = clock.now() - startedAt;
      onEnd();
      leg.call.recorded(name, durationMs, leg.farEnd.voice);
      leg.call.tell({ name: 'recording.ended', recording: name, leg: leg.name, durationMs, cause });
      return { durationMs };
    });
  };
  leg.call.tell({ name: 'recording.started', recording: name, leg: leg.name });
  leg.whenEnded(operation, () => finish('hang-up'));
  return {
    name,
    stop: () => {
      finish('stopped');
      return operation.result;
    },
  };
}
