import { FRAME_MS, samplesOf, SAMPLE_RATE } from '@callwright/media';
import { SendPolicy } from '../send-policy.js';
import type { MediaTransport } from '../transport/transport.js';
import type { MakeInBandDetector } from './in-band.js';
import type { SharedPrompt } from './prompt.js';
import { Session } from './session.js';
import { unixNow } from './time.js';

const FRAMES = 1500;
/** Frames after which the event loop has a turn, so that dgram can hand over what came. */
const PAUSE_EVERY = 50;
const LOOPBACK = '127.0.0.1';

/**
 * Runs the code of a call until the compiler has made it quick: two legs on loopback send each other sound. Without it the first
 * thousand calls would be served by the interpreter all at once, late for ever.
 */
export async function warmUp(transport: MediaTransport, makeInBand: MakeInBandDetector): Promise<void> {
  const surroundings = {
    transport,
    makeInBand,
    policy: new SendPolicy({}),
    mediaTimeoutMs: Infinity,
    tell: () => undefined,
    warn: () => undefined,
  };
  const pairs = await Promise.all([transport.open(LOOPBACK, 0), transport.open(LOOPBACK, 0)]);
  const sessions = pairs.map((sockets) => new Session(sockets, surroundings));
  const [a, b] = sessions as [Session, Session];
  let now = unixNow();
  const talk = (from: number, to: number) =>
    sessions[from]!.configure(
      {
        remoteAddress: LOOPBACK,
        remotePort: pairs[to]!.rtp.localPort,
        codec: from === 0 ? 'PCMU' : 'PCMA',
        payloadType: 0,
        telephoneEvent: null,
        direction: 'sendrecv',
        ptimeMs: FRAME_MS,
        learn: 'nobody',
        loopbackAllowed: true,
      },
      now,
    );
  talk(0, 1);
  talk(1, 0);
  a.play({ id: 1, parts: [buzz('PCMU')], loop: 0, bargeIn: true });
  b.play({ id: 1, parts: [buzz('PCMU')], loop: 0, bargeIn: true });
  try {
    for (let frame = 0; frame < FRAMES; frame++) {
      if (frame === FRAMES / 3) b.stopPlay(1);
      if (frame === FRAMES / 2) a.bridge(b);
      a.tick(now);
      b.tick(now);
      now += FRAME_MS;
      if (frame % PAUSE_EVERY === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    await Promise.all([a.close(now), b.close(now)]);
  }
}

/** Loud enough for every detector to look at it. */
function buzz(codec: SharedPrompt['codec']): SharedPrompt {
  return {
    codec,
    codes: Uint8Array.from({ length: samplesOf(1000) }, (_, n) => (n * n) % (SAMPLE_RATE / 40)),
    endless: true,
  };
}
