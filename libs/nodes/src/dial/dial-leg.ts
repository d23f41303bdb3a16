import type { CallCause, Leg, Prompt } from '@callwright/channel-contract';
import { dialFailed } from '../errors.js';
import { toggle } from '../fields/index.js';
import type { NodeRun } from '../node.js';
import { withMusic } from '../running/with-music.js';

export const earlyMedia = toggle(
  'Early media',
  'The caller hears what the other side sends before it answers, such as the ringback of its network or an announcement, instead of the above.',
).default(true);

export interface DialLegOptions {
  readonly to: string;
  /** Empty: the channel's own choice. */
  readonly from: string | undefined;
  readonly leg: string;
  readonly timeoutMs: number;
  readonly headers: Parameters<NodeRun<unknown>['channel']['dial']>[0]['headers'];
  /** Heard by the caller until somebody answers, or is heard before. */
  readonly music: Prompt;
  /** Whether the caller hears the far end before it answers. */
  readonly earlyMedia: boolean;
}

/** `cancelled`: the caller hung up, or a command ended the node. Everything else that is no outcome of a node is thrown. */
export type Dialled =
  | { readonly outcome: 'answered'; readonly leg: Leg }
  | { readonly outcome: 'busy' | 'no-answer' | 'cancelled'; readonly cause: CallCause };

export async function dialLeg(
  run: NodeRun<unknown>,
  { music, from, earlyMedia, ...options }: DialLegOptions,
): Promise<Dialled> {
  const dialled = await withMusic(run, music, (stopMusic) =>
    run.channel.dial(
      {
        ...options,
        from: from || undefined,
        earlyMedia: earlyMedia ? { to: run.channel.caller, began: stopMusic } : undefined,
      },
      run.signal,
    ),
  );
  if (dialled.outcome === 'failed') throw dialFailed(dialled.cause);
  return dialled as Dialled;
}
