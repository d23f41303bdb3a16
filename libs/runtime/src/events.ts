import type { Json, JsonObject } from '@callwright/kernel';
import type { CallCause, CallDirection, ChannelEvent, EndedBy } from '@callwright/channel-contract';
import type { LogLevel } from '@callwright/nodes';

/** What the runtime tells of a call, beside what its channel tells. */
export type RunEvent =
  /** First of all: a call exists. */
  | {
      readonly name: 'call.started';
      readonly direction: CallDirection;
      readonly from: string;
      readonly to: string;
      readonly parameters: JsonObject;
    }
  /** The configuration is evaluated; secrets are masked. */
  | { readonly name: 'node.entered'; readonly node: string; readonly type: string; readonly config: Json }
  /** `outcome` null: interrupted by a hang-up or a command. */
  | {
      readonly name: 'node.left';
      readonly node: string;
      readonly type: string;
      readonly outcome: string | null;
      readonly output: Json;
      readonly durationMs: number;
    }
  /** The first sample of a prompt is on its way. */
  | { readonly name: 'prompt.started'; readonly node: string; readonly leg: string; readonly parts: Json }
  /** A prompt was played to its end, or a key or the scenario cut it. */
  | {
      readonly name: 'prompt.ended';
      readonly node: string;
      readonly leg: string;
      readonly reason: 'end' | 'barge-in' | 'stopped';
    }
  /** A key was pressed; `digit` is null where it belongs to a secret. */
  | {
      readonly name: 'digit.received';
      readonly leg: string;
      readonly digit: string | null;
      readonly method: 'rfc4733' | 'in-band' | 'info';
      readonly durationMs: number;
    }
  /** What a leg says is recorded from here on; `node` is null where a person began it. */
  | { readonly name: 'recording.started'; readonly recording: string; readonly node: string | null }
  /** A recording is complete, and can be fetched by its name. */
  | {
      readonly name: 'recording.ended';
      readonly recording: string;
      readonly node: string | null;
      readonly durationMs: number;
      readonly cause: string;
    }
  /** `set-variables`, or a command, changed call data. */
  | { readonly name: 'variables.changed'; readonly changes: JsonObject }
  /** A Log node, or the runtime itself (a missing value, an unwired outcome). */
  | { readonly name: 'log.written'; readonly level: LogLevel; readonly message: string }
  /** Somebody asked something of the call from outside. */
  | { readonly name: 'command.received'; readonly type: string; readonly by: string; readonly accepted: boolean }
  /** A node failed and had no wire for it: the error path is taken, or the run ends. */
  | { readonly name: 'run.failed'; readonly node: string; readonly code: string; readonly message: string }
  /** The last event of a call. */
  | {
      readonly name: 'run.ended';
      readonly node: string | null;
      readonly reason: 'end' | 'unwired' | 'call-ended' | 'step-budget';
    }
  /** The caller's leg is gone; after-call nodes may follow. */
  | { readonly name: 'call.ended'; readonly cause: CallCause; readonly endedBy: EndedBy; readonly durationMs: number };

/** Channel events that go into the log as they are. */
export type PassedEvent = Extract<
  ChannelEvent,
  {
    name:
      | 'call.state-changed'
      | 'call.answered'
      | 'leg.added'
      | 'leg.state-changed'
      | 'leg.ended'
      | 'message.received'
      | `fax.${string}`;
  }
>;

export interface EventEnvelope {
  readonly callId: string;
  readonly scenarioId: string;
  readonly version: number | null;
  /** 1, 2, … within a call, without gaps. */
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** One entry of the event log: the truth of a call. The same object goes to the log, the socket and webhooks. */
export type CallEvent = EventEnvelope & (RunEvent | PassedEvent);
export type CallEventName = CallEvent['name'];
