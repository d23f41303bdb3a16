import type { MediaEvent, MediaParameters, MediaStats, RecordRequest } from '../port.js';
import type { SendPolicyOptions } from '../send-policy.js';
import type { InBandKind } from './in-band.js';
import type { SharedPrompt } from './prompt.js';
import type { StreamPosition } from './rtp-output.js';

/** What a worker is born with. */
export interface WorkerOptions {
  readonly sendPolicy: SendPolicyOptions;
  readonly mediaTimeoutMs: number;
  readonly inBand: InBandKind;
  /** `auto`: raw file descriptors where the platform has them. */
  readonly transport: 'auto' | 'dgram';
}

/** From main to a worker. Sessions and rooms are numbers that main gives. */
export type Command =
  | { readonly type: 'open'; readonly session: number; readonly address: string; readonly port: number }
  | { readonly type: 'close'; readonly session: number }
  | SessionCommand
  | RoomCommand
  | { readonly type: 'stop' };

/** What an open session is told to do. */
export type SessionCommand = { readonly session: number } & (
  | { readonly type: 'configure'; readonly parameters: MediaParameters }
  | { readonly type: 'answered' }
  | {
      readonly type: 'play';
      readonly id: number;
      readonly parts: readonly SharedPrompt[];
      readonly loop: number;
      readonly bargeIn: boolean;
    }
  | { readonly type: 'stop-play'; readonly id: number }
  | { readonly type: 'hold'; readonly parts: readonly SharedPrompt[] | null }
  | { readonly type: 'record'; readonly request: RecordRequest }
  | { readonly type: 'stop-record'; readonly id: number }
  | { readonly type: 'overhear'; readonly on: boolean }
  | {
      readonly type: 'send-digits';
      readonly id: number;
      readonly digits: string;
      readonly durationMs: number;
      readonly gapMs: number;
    }
  | { readonly type: 'cancel-digits'; readonly id: number }
  | { readonly type: 'bridge'; readonly other: number }
  | { readonly type: 'listen-to'; readonly other: number }
  | { readonly type: 'unbridge' }
  | {
      readonly type: 'join';
      readonly up: SharedArrayBuffer;
      readonly down: SharedArrayBuffer;
      readonly talk: boolean;
      readonly listen: boolean;
    }
  | { readonly type: 'set-talk'; readonly talk: boolean }
  | { readonly type: 'leave' }
  | { readonly type: 'stats'; readonly request: number }
  /** The socket goes to another thread; the session stands still until it comes back. */
  | { readonly type: 'lend' }
  | { readonly type: 'take-back'; readonly position: StreamPosition | null }
  | { readonly type: 'listen-for-fax'; readonly on: boolean }
);

/** A session's socket, on its way to another thread. */
export interface Loan {
  readonly descriptor: number;
  readonly position: StreamPosition;
  readonly parameters: MediaParameters | null;
}

/** What a room is told, on the worker where it lives. */
export type RoomCommand = { readonly room: number } & (
  | {
      readonly type: 'room-add';
      readonly member: number;
      readonly up: SharedArrayBuffer;
      readonly down: SharedArrayBuffer | null;
    }
  | { readonly type: 'room-remove'; readonly member: number }
  | { readonly type: 'room-play'; readonly except: number; readonly parts: readonly SharedPrompt[] }
);

/** From a worker to main, in batches. */
export type Report =
  | { readonly type: 'ready'; readonly transport: string; readonly inBand: string }
  | {
      readonly type: 'opened';
      readonly session: number;
      readonly localPort: number;
      readonly descriptors: readonly number[];
    }
  | { readonly type: 'not-opened'; readonly session: number; readonly portTaken: boolean; readonly message: string }
  | { readonly type: 'event'; readonly session: number; readonly event: MediaEvent }
  | { readonly type: 'stats'; readonly request: number; readonly stats: MediaStats }
  /** Null: its socket cannot be used by another thread. */
  | { readonly type: 'lent'; readonly session: number; readonly loan: Loan | null }
  | { readonly type: 'closed'; readonly session: number; readonly stats: MediaStats }
  | { readonly type: 'load'; readonly tickLateP99Ms: number }
  | {
      readonly type: 'log';
      readonly level: 'info' | 'warn' | 'error';
      readonly message: string;
      readonly details: Readonly<Record<string, unknown>>;
    };
