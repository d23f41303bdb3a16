import type { FaxPage, FaxSettings, FaxSignal } from '@callwright/fax';
import type { TerminalEnd } from '@callwright/fax-terminal';
import type { FaxMediaRequest, MediaParameters, T38Transport } from '../../port.js';
import type { SendPolicyOptions } from '../../send-policy.js';
import type { Loan } from '../../worker/protocol.js';
import type { StreamPosition } from '../../worker/rtp-output.js';

/** What a fax thread is born with. */
export interface FaxWorkerOptions {
  readonly sendPolicy: SendPolicyOptions;
}

/** From main to a fax thread. `session` is the media session whose socket is on loan. */
export type FaxCommand =
  | { readonly type: 'start'; readonly session: number; readonly loan: Loan; readonly request: FaxMediaRequest }
  | { readonly type: 'configure'; readonly session: number; readonly parameters: MediaParameters }
  | { readonly type: 'carry'; readonly session: number; readonly t38: T38Transport | null }
  | { readonly type: 'stop'; readonly session: number; readonly how: 'stopped' | 'hung-up' }
  | { readonly type: 'shut-down' };

export type FaxEvent =
  | { readonly type: 'fax-signal'; readonly signal: FaxSignal }
  | { readonly type: 'fax-settled'; readonly settings: FaxSettings }
  | { readonly type: 'fax-page'; readonly page: FaxPage }
  | { readonly type: 'fax-ended'; readonly end: TerminalEnd | null; readonly message?: string };

/** From a fax thread to main, in batches. */
export type FaxReport =
  | { readonly type: 'ready' }
  | { readonly type: 'event'; readonly session: number; readonly event: FaxEvent }
  /** The socket may be used again: the fax thread has let go of it. The last thing that is told of a fax. */
  | { readonly type: 'returned'; readonly session: number; readonly position: StreamPosition }
  | {
      readonly type: 'log';
      readonly level: 'warn' | 'error';
      readonly message: string;
      readonly details: Readonly<Record<string, unknown>>;
    };
