import { sipp, type SippResult } from '../../support/sipp.js';
import { LISTENING_CALLER } from './callers.js';
import { cpuShare } from './cpu.js';
import { runRtpgen, type Heard } from './rtpgen.js';
import type { System } from './system.js';

/** Even ports from here on: SIPp gives every call the next but one. The first it binds itself, so that the first call is not measured. Below what systems give to others. */
const MEDIA_PORT = 11_000;
/** SIPp counts its media ports modulo ten thousand, in steps of four. */
export const MOST_CALLS = 2_500;
const PROMPT_SECONDS = 30;
const SETTLING_SECONDS = 3;

export interface Held {
  readonly calls: number;
  /** One for each window. */
  readonly heard: readonly Heard[];
  readonly signalling: SippResult;
  /** Of one core, all processes of the system together, in the first window. */
  readonly cpu: number;
}

export interface HeldCallsOptions {
  readonly calls: number;
  /** In which all calls begin. */
  readonly rampSeconds: number;
  /** Of one window. */
  readonly measuredSeconds: number;
  readonly windows?: number;
  readonly onWindow?: (heard: Heard) => void;
}

/**
 * Calls at once, each hearing a prompt of 30 s again and again and sending G.711 all the time. The signalling comes from SIPp, the
 * media from rtpgen; both share the machine with the system. All calls are there and have settled before anything is counted.
 */
export async function holdCalls(system: System, options: HeldCallsOptions): Promise<Held> {
  const { calls, rampSeconds, measuredSeconds, windows = 1, onWindow } = options;
  if (calls > MOST_CALLS) throw new Error(`${calls} calls are more than SIPp has ports for (${MOST_CALLS})`);
  const warmUp = rampSeconds + SETTLING_SECONDS;
  const lasts = warmUp + windows * measuredSeconds + 5;
  const number = `1${calls}`;
  await system.announce(number, PROMPT_SECONDS, Math.ceil(lasts / PROMPT_SECONDS));
  const heard = runRtpgen(
    ['127.0.0.1', MEDIA_PORT + 4, 2 * calls, measuredSeconds, '--warm-up', warmUp, '--windows', windows],
    onWindow,
  );
  const signalling = sipp({
    scenario: LISTENING_CALLER.replaceAll('sip:1000@', `sip:${number}@`),
    server: system.sipAddress,
    calls: calls + 1,
    perSecond: Math.ceil(calls / rampSeconds),
    mediaPort: MEDIA_PORT,
    timeoutMs: (lasts + 60) * 1000,
  });
  const cpu = await cpuShare(system.pids, warmUp * 1000, (measuredSeconds - 1) * 1000);
  return { calls, cpu, heard: await heard, signalling: await signalling };
}

/** Nobody was refused, nothing had to be sent twice, and every caller heard even sound (performance goal: p99 under 10 ms). */
export function isSound({ calls, heard, signalling }: Held): boolean {
  return (
    signalling.failed === 0 &&
    signalling.retransmissions === 0 &&
    heard.every((each) => each.heard === calls && each.deviationMs.p99 < 10 && each.packetsPerSecond > 49.5)
  );
}
