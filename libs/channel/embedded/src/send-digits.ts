import { startTask, type LegCore } from './leg-operations.js';

/** Sends digits to the far end (`Leg.sendDigits`). */
export async function sendDigits(
  leg: LegCore,
  digits: string,
  options: { durationMs: number; gapMs: number },
  signal: AbortSignal,
): Promise<void> {
  if (digits === '' || signal.aborted) return;
  const { session } = leg.media;
  const task = startTask<true>(leg, {
    signal,
    start: (id) => session.sendDigits({ id, digits, ...options }),
    stop: (id) => session.cancelDigits(id),
    take: (event) => (event.type === 'digits-sent' ? true : undefined),
    otherwise: () => true,
  });
  await task.result;
}
