import type { Recording, RecordOptions, RecordResult } from '@callwright/channel-contract';
import { startTask, type LegCore } from './leg-operations.js';
import type { MediaEvent } from './media/port.js';
import type { Task } from './task.js';

/** Nobody records a call for longer. */
const LONGEST_MS = 24 * 3_600_000;
/** How long after a terminator ended a recording its key may still be held down: it is no digit for anybody. */
const TERMINATOR_HELD_MS = 3000;

type RecordEnd = Extract<MediaEvent, { type: 'record-ended' }>;

/** Records what the far end says (`Leg.record`). */
export async function record(leg: LegCore, options: RecordOptions, signal: AbortSignal): Promise<RecordResult> {
  const { path } = await begin(leg, options.name);
  if (leg.ended || signal.aborted) return cutShort(leg, options.name, leg.ended ? 'hang-up' : 'stopped');
  const startedAt = leg.clock.now();
  let byKey = false;
  const task = recordTask(
    leg,
    {
      path,
      both: false,
      maxMs: options.maxMs,
      silenceMs: options.silenceMs,
      terminators: options.terminators.join(''),
      beep: options.beep,
    },
    signal,
    startedAt,
  );
  const unintercept = leg.digits.intercept((digit) => {
    if (byKey || !options.terminators.includes(digit)) return false;
    byKey = true;
    // A key that came by INFO is unknown to the media side.
    task.stop();
    return true;
  });
  const end = await task.result;
  const cause = byKey || end.cause === 'terminator' ? 'terminator' : causeOf(end, leg);
  unintercept();
  // The media side tells the key only when it is let go, which may be yet to come.
  if (cause === 'terminator' && !byKey) awaitKeyUp(leg, options.terminators);
  await finish(leg, options.name, end, cause);
  return { name: options.name, durationMs: end.durationMs, cause, audioDetected: end.audioDetected };
}

/** Takes the key that ended a recording when it is let go: it is no digit for anybody, nor the end of the next recording. */
function awaitKeyUp({ digits, clock }: LegCore, terminators: readonly string[]): void {
  const unintercept = digits.intercept(
    (digit) => {
      if (!terminators.includes(digit)) return false;
      giveUp();
      unintercept();
      return true;
    },
    { owed: true },
  );
  const giveUp = clock.at(clock.now() + TERMINATOR_HELD_MS, unintercept);
}

/** Records both directions until it is stopped or the leg ends (`Leg.startRecording`). */
export async function recordBothSides(
  leg: LegCore,
  { name, stereo }: { readonly name: string; readonly stereo: boolean },
  ended: () => void,
): Promise<Recording> {
  let stopped: Promise<{ durationMs: number }>;
  try {
    const { path } = await begin(leg, name);
    if (leg.ended) {
      const { durationMs } = await cutShort(leg, name, 'hang-up');
      ended();
      return { name, stop: () => Promise.resolve({ durationMs }) };
    }
    const task = recordTask(
      leg,
      { path, both: true, stereo, maxMs: LONGEST_MS, silenceMs: 0, terminators: '', beep: false },
      null,
      leg.clock.now(),
    );
    stopped = task.result.then(async (end) => {
      ended();
      const cause = leg.ended ? 'hang-up' : 'stopped';
      await finish(leg, name, end, cause);
      return { durationMs: end.durationMs };
    });
    leg.watch({ result: stopped, expectEnd: () => task.expectEnd() });
    return {
      name,
      stop: () => {
        task.stop();
        return stopped;
      },
    };
  } catch (error) {
    ended();
    throw error;
  }
}

async function begin(leg: LegCore, name: string): Promise<{ path: string }> {
  const place = await leg.recordings.begin({ workspaceId: leg.workspaceId, callId: leg.callId, name });
  leg.tell({ name: 'recording.started', recording: name, leg: leg.name });
  return place;
}

function recordTask(
  leg: LegCore,
  request: Omit<Parameters<LegCore['media']['session']['record']>[0], 'id'>,
  signal: AbortSignal | null,
  startedAt: number,
): Task<RecordEnd> {
  const { session } = leg.media;
  return startTask<RecordEnd>(leg, {
    signal,
    start: (id) => session.record({ id, ...request }),
    stop: (id) => session.stopRecord(id),
    take: (event) => (event.type === 'record-ended' ? event : undefined),
    otherwise: () => ({
      type: 'record-ended',
      id: 0,
      cause: 'stopped',
      durationMs: Math.max(0, leg.clock.now() - startedAt),
      bytes: 0,
      audioDetected: false,
    }),
  });
}

function causeOf(end: RecordEnd, leg: LegCore): RecordResult['cause'] {
  if (end.cause === 'silence' || end.cause === 'max') return end.cause;
  return leg.ended ? 'hang-up' : 'stopped';
}

async function finish(leg: LegCore, name: string, end: RecordEnd, cause: RecordResult['cause']): Promise<void> {
  if (end.cause === 'failed')
    leg.logger.error('A recording could not be written.', { callId: leg.callId, error: end.message });
  leg.tell({ name: 'recording.ended', recording: name, leg: leg.name, durationMs: end.durationMs, cause });
  await leg.recordings
    .commit({ workspaceId: leg.workspaceId, callId: leg.callId, name, durationMs: end.durationMs, bytes: end.bytes })
    .catch((error: unknown) =>
      leg.logger.error('A recording could not be stored.', { callId: leg.callId, error: String(error) }),
    );
}

async function cutShort(leg: LegCore, name: string, cause: 'hang-up' | 'stopped'): Promise<RecordResult> {
  await finish(
    leg,
    name,
    { type: 'record-ended', id: 0, cause: 'stopped', durationMs: 0, bytes: 0, audioDetected: false },
    cause,
  );
  return { name, durationMs: 0, cause, audioDetected: false };
}
