import type { JsonObject } from '@callwright/kernel';
import type { NodeResult, NodeRun } from '../node.js';

/** Whether the call, or a command, has ended this node. */
export const isOver = (run: NodeRun<unknown>): boolean => run.signal.aborted || run.channel.state === 'ended';

/** What a node hands over that was ended before it came to an outcome. */
export const interrupted = (output?: JsonObject): NodeResult => ({ outcome: null, ...(output && { output }) });
