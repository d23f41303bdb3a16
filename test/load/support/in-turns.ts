import { findServers } from '@callwright/channel-drachtio/testing';
import { DrachtioFreeswitch } from '../peers/drachtio-freeswitch.js';
import { ProductSystem } from './product-system.js';
import { QUICK } from './report.js';
import type { System } from './system.js';

/** What was measured of the product and of its peer, one for each round; `peer` is empty when there is none on this machine. */
export interface Turns<T> {
  readonly ours: readonly T[];
  readonly peer: readonly T[];
}

export const PEER_NAME = 'drachtio+FreeSWITCH';
const ROUNDS = QUICK ? 1 : 3;

/**
 * Measures both in turns, A B A B, so that what the machine does meanwhile meets both alike. Each is started for its turn alone and gone
 * after it. `before` is what the last turn of the same system gave.
 */
export async function inTurns<T>(
  measure: (system: System, before: T | null) => Promise<T>,
  env: Readonly<Record<string, string>> = {},
): Promise<Turns<T>> {
  const programs = findServers();
  if ('reason' in programs) console.error(`No ${PEER_NAME} to compare with, ${programs.reason}.`);
  const ours: T[] = [];
  const peer: T[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await turn(await ProductSystem.start(env), (system) => measure(system, ours.at(-1) ?? null)));
    if ('reason' in programs) continue;
    peer.push(await turn(await DrachtioFreeswitch.start(programs), (system) => measure(system, peer.at(-1) ?? null)));
  }
  return { ours, peer };
}

async function turn<T>(system: System, measure: (system: System) => Promise<T>): Promise<T> {
  try {
    const result = await measure(system);
    if (!system.running) throw new Error(`${system.name} did not survive the benchmark.`);
    return result;
  } finally {
    await system.stop();
  }
}
