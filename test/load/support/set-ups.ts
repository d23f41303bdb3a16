import { pause } from '../../support/eventually.js';
import { sipp, type SippResult } from '../../support/sipp.js';
import { BRIEF_CALLER, REFUSABLE_CALLER } from './callers.js';
import { secondsOfTrees } from './cpu.js';
import type { System } from './system.js';

const NUMBER = '1000';
const PROMPT_SECONDS = 2;
/** Until the calls of one measurement are over and the next can begin. */
const REST_MS = 2_000;

export interface SetUps {
  readonly perSecond: number;
  readonly sipp: SippResult;
  /** Processor time of one call, of all processes of the system together. */
  readonly cpuMsACall: number;
}

/** What all that follows dials: a prompt of two seconds. The first hundred calls are not measured. */
export async function prepare(system: System): Promise<void> {
  await system.announce(NUMBER, PROMPT_SECONDS, 1);
  await sipp({ scenario: BRIEF_CALLER, server: system.sipAddress, calls: 100, perSecond: 25, timeoutMs: 60_000 });
}

/** So many calls a second, for so long: INVITE, 200, ACK, a prompt of two seconds, BYE from the system. */
export async function setUp(system: System, perSecond: number, seconds: number): Promise<SetUps> {
  const before = secondsOfTrees(system.pids);
  const calls = perSecond * seconds;
  const result = await sipp({
    scenario: BRIEF_CALLER,
    server: system.sipAddress,
    calls,
    perSecond,
    timeoutMs: (seconds + 30) * 1000,
  });
  const cpuMsACall = (1000 * (secondsOfTrees(system.pids) - before)) / calls;
  await pause(REST_MS);
  return { perSecond, sipp: result, cpuMsACall };
}

export const isFaultless = ({ sipp: { code, failed, retransmissions } }: SetUps) =>
  code === 0 && failed === 0 && retransmissions === 0;

export interface Overload {
  /** Calls a second that were answered and ended as they should. */
  readonly goodput: number;
  readonly refusedMs: readonly number[];
  readonly lost: number;
}

/** More calls a second than the system can take, for so long. */
export async function overload(system: System, perSecond: number, seconds: number): Promise<Overload> {
  const result = await sipp({
    scenario: REFUSABLE_CALLER,
    server: system.sipAddress,
    calls: perSecond * seconds,
    perSecond,
    timeoutMs: (seconds + 60) * 1000,
  });
  const refusedMs = result.timesMs['refused'] ?? [];
  return { goodput: (result.successful - refusedMs.length) / seconds, refusedMs, lost: result.failed };
}
