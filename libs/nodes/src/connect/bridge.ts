import type { BridgeOptions, BridgeResult, Leg } from '@callwright/channel-contract';
import type { NodeRun } from '../node.js';

/** Lets the caller and another leg talk until one of them ends. Keys pressed meanwhile were meant for the other side. */
export async function bridge(run: NodeRun<unknown>, leg: Leg, options: BridgeOptions): Promise<BridgeResult> {
  const { channel, signal } = run;
  try {
    return await channel.bridge(channel.caller, leg, options, signal);
  } finally {
    channel.caller.digits.clear();
  }
}
