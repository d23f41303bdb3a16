import type { BridgeResult, EndedBy } from '@callwright/channel-contract';
import type { EmbeddedLeg } from './embedded-leg.js';
import { recordBothSides } from './record.js';

export interface BridgeSetup {
  /** Name of a recording of both sides, or null. */
  readonly record: string | null;
  /** With a channel for each side. */
  readonly stereo: boolean;
  /** True when the two are connected, false when they are not any more. */
  readonly changed: (connected: boolean) => void;
}

/** Lets two legs of one call hear each other (`CallChannel.bridge`). */
export async function bridge(
  a: EmbeddedLeg,
  b: EmbeddedLeg,
  { record: recordName, stereo, changed }: BridgeSetup,
  signal: AbortSignal,
): Promise<BridgeResult> {
  const freeA = a.occupyForBridge();
  let freeB: () => void;
  try {
    freeB = b.occupyForBridge();
  } catch (error) {
    freeA();
    throw error;
  }
  const startedAt = a.clock.now();
  let finish: (by: EndedBy) => void = () => undefined;
  const over = new Promise<EndedBy>((resolve) => (finish = resolve));
  const legEnded = (leg: EmbeddedLeg) => () =>
    finish(leg.endedBy === 'system' ? 'system' : leg.name === 'caller' ? 'caller' : 'agent');
  const onAbort = () => finish('system');
  const stops = [a.onEnded(legEnded(a)), b.onEnded(legEnded(b)), () => signal.removeEventListener('abort', onAbort)];
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) finish('system');

  // The recording hears both directions of the leg that stays longest.
  const recorded = a.name === 'caller' ? a : b;
  try {
    a.media.session.bridge(b.media.session);
    changed(true);
    const recording =
      recordName === null ? null : await recordBothSides(recorded, { name: recordName, stereo }, () => undefined);
    const endedBy = await over;
    const durationMs = a.clock.now() - startedAt;
    void recording?.stop();
    return { endedBy, durationMs };
  } finally {
    for (const stop of stops) stop();
    a.media.session.unbridge();
    freeA();
    freeB();
    changed(false);
  }
}
