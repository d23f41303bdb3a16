import type { Json, JsonObject } from '@callwright/kernel';
import type { CallChannel, Prompt } from '@callwright/channel-contract';
import type { NodeServices } from '@callwright/nodes';
import type { CallEvent } from './events.js';

/*
 * The door of the runtime: what a host (API, command line, page) gives and gets. `compileScenario` and `startRun` keep to it.
 */

/** Commands that a person or a program may give to a live call (`POST /api/calls/{id}/commands`). */
export type CallCommand =
  /** Of the caller's leg (or without one): the call. */
  | { readonly type: 'hang-up'; readonly leg?: string }
  /** Without `music`: the media file `hold-music` where there is one, else a quiet sign of life. */
  | { readonly type: 'hold'; readonly leg: string; readonly music?: Prompt }
  | { readonly type: 'resume'; readonly leg: string }
  | { readonly type: 'send-digits'; readonly leg: string; readonly digits: string }
  | { readonly type: 'send-message'; readonly leg: string; readonly text: string }
  | { readonly type: 'transfer'; readonly leg: string; readonly to: string }
  | { readonly type: 'go-to'; readonly node: string }
  | { readonly type: 'start-recording'; readonly leg: string; readonly name?: string; readonly stereo?: boolean }
  | { readonly type: 'stop-recording'; readonly leg: string };

export interface RunOptions<Compiled> {
  readonly scenarioId: string;
  /** Null: a draft. */
  readonly version: number | null;
  /** Compiled once a version, shared by all its calls. */
  readonly scenario: Compiled;
  /**
   * An outbound channel is given as soon as it stands (`calling`): nothing that it tells is lost, and the first node is entered
   * when the caller's leg is answered. If it ends unanswered the log is `call.started` … `call.ended`, `run.ended`.
   */
  readonly channel: CallChannel;
  /** What nodes may ask of the world; subflows are the runtime's own. */
  readonly services: Omit<NodeServices, 'subflows'>;
  /** Where `subflow` nodes find other scenarios; without it they give `failed` (`scenario.not-found`). */
  readonly scenarios?: ScenarioShelf<Compiled>;
  readonly parameters: JsonObject;
  /** Hears every event once, in order, synchronously. It must not throw and must not be slow. */
  readonly onEvent: (event: CallEvent) => void;
}

/** The published scenarios of the call's workspace, compiled. */
export interface ScenarioShelf<Compiled> {
  /** By document id; null when there is no such scenario or version. */
  find(scenario: string, version: 'latest' | number): Promise<Compiled | null>;
}

export interface Run {
  readonly callId: string;
  /** Where the call stands; null before the first and after the last node. */
  readonly node: string | null;
  /** Every node entered, in order; nodes of a subflow as `outer/inner`. */
  readonly path: readonly string[];
  /** Masked. */
  readonly variables: JsonObject;
  /** The same as expressions see it: for a rehearsal, and never to be shown of a call. */
  readonly values: JsonObject;
  /** Rejects with `call.wrong-state` (kind `input`) or `scenario.unknown-node`. `by` says who asked. */
  command(command: CallCommand, by: string): Promise<void>;
  /** Aborts what runs and ends the call, as at shutdown. */
  stop(): Promise<void>;
  /** After `run.ended`; never rejects. */
  readonly ended: Promise<RunResult>;
}

export interface RunResult {
  readonly reason: 'end' | 'unwired' | 'call-ended' | 'step-budget';
  readonly node: string | null;
  readonly steps: Readonly<Record<string, Json>>;
  readonly variables: JsonObject;
}
