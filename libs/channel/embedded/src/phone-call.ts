import type { EmbeddedCall } from './embedded-call.js';
import type { Logger } from './logger.js';

/** How long a phone rings when another phone calls it. */
const RING_MS = 60_000;
const RING = { durationMs: 0, earlyMedia: false, ringtone: [], repeat: false, codecs: [] } as const;

/** A registered phone called another one: rings it and connects both, without a scenario. */
export function ringPhone(call: EmbeddedCall, username: string, logger: Logger): void {
  connect(call, username).catch((error: unknown) => {
    // Hanging up at any moment is nothing special; the legs are released in any case.
    logger.debug('A call between phones ended early.', { callId: call.id, error: String(error) });
    void call.hangUp('unavailable');
  });
}

/** Where the phone that is called makes itself heard before it answers, the caller hears that instead of a ringback. */
function hearEarly(call: EmbeddedCall, signal: AbortSignal): void {
  const callee = call.leg('agent');
  if (!callee) return;
  const hear = async () => {
    await call.caller.ring({ ...RING, earlyMedia: true }, signal);
    const stop = call.caller.listenTo(callee);
    if (stop) callee.onAnswered(stop);
  };
  // The caller may be gone by now, which the dialling notices by itself.
  callee.earlyListener = { agreed: () => undefined, sounds: () => void hear().catch(() => undefined) };
}

async function connect(call: EmbeddedCall, username: string): Promise<void> {
  const over = new AbortController();
  call.caller.onEnded(() => over.abort());
  const stop = call.subscribe((event) => {
    if (event.name === 'leg.added' && event.leg === 'agent') hearEarly(call, over.signal);
    if (event.name !== 'leg.state-changed' || event.leg !== 'agent' || event.to !== 'ringing') return;
    // The caller may be gone by now, which the dialling notices by itself.
    call.caller.ring(RING, over.signal).catch(() => undefined);
  });
  const dialled = await call.dialRoute(
    { kind: 'phone', username },
    { leg: 'agent', to: `phone:${username}`, timeoutMs: RING_MS, headers: {} },
    over.signal,
  );
  stop();
  if (dialled.outcome !== 'answered') {
    await call.hangUp(dialled.outcome === 'busy' ? 'busy' : dialled.cause === 'declined' ? 'declined' : 'unavailable');
    return;
  }
  await call.caller.answer({ headers: {} });
  await call.bridge(call.caller, dialled.leg, { record: null }, over.signal);
  await call.hangUp('normal');
}
