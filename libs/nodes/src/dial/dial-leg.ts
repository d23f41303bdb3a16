import type { CallCause, Leg, Prompt } from '@callwright/channel-contract';
import { dialFailed } from '../errors.js';
import type { NodeRun } from '../node.js';
import { withMusic } from '../running/with-music.js';

export interface DialLegOptions {
  readonly to: string;
  /** Empty: the channel's own choice. */
  readonly from: string | undefined;
  readonly leg: string;
  readonly timeoutMs: number;
  readonly headers: Parameters<NodeRun<unknown>['channel']['dial']>[0]['headers'];
  /** Heard by the caller until somebody answers. */
  readonly music: Prompt;
}

/** `cancelled`: the caller hung up, or a command ended the node. Everything else that is no outcome of a node is thrown. */
export type Dialled =
  | { readonly outcome: 'answered'; readonly leg: Leg }
  | { readonly outcome: 'busy' | 'no-answer' | 'cancelled'; readonly cause: CallCause };

export async function dialLeg(run: NodeRun<unknown>, { music, from, ...options }: DialLegOptions): Promise<Dialled> {
  const dialled = await withMusic(run, music, () =>
    run.channel.dial({ ...options, from: from || undefined }, run.signal),
  );
  if (dialled.outcome === 'failed') throw dialFailed(dialled.cause);
  return dialled as Dialled;
}
