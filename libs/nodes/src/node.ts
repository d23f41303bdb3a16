import type { Clock, Json, JsonObject } from '@callwright/kernel';
import type { CallChannel, Leg } from '@callwright/channel-contract';
import type { FaxBuild, FaxOptionsGiven } from '@callwright/fax';
import type { z } from 'zod';

/** Where the palette shows a node type. */
export const NODE_GROUPS = ['call', 'prompts', 'input', 'connect', 'fax', 'logic', 'data'] as const;
export type NodeGroup = (typeof NODE_GROUPS)[number];

/** What a node needs of the caller's leg; the runtime checks it before `run` and gives `failed` otherwise. */
export type CallerNeed =
  /** Nothing: it also runs after the call. */
  | 'none'
  /** The call must not have ended (`call.gone`). */
  | 'alive'
  /** There must be an audio path to the caller (`call.not-answered`, `call.gone`). */
  | 'audio';

/**
 * One node type: everything that is known about it, in one object. The schema validates the configuration, types it, draws its
 * form and writes its manual page (titles, descriptions, defaults and controls are in the schema's `meta`).
 */
export interface NodeDefinition<Schema extends z.ZodObject = z.ZodObject> {
  /** `invoke.src`, kebab-case. */
  readonly type: string;
  /** Raised when a stored configuration must be changed to fit; then `migrations` tell how. */
  readonly version: number;
  readonly title: string;
  /** One sentence for the palette. */
  readonly summary: string;
  /** Name of a Tabler icon, without `Icon`. */
  readonly icon: string;
  readonly group: NodeGroup;
  readonly needs: CallerNeed;
  readonly config: Schema;
  /** The outcomes that this configuration can have, in the order in which they are drawn. `failed` is every node's and not named here. */
  outcomes(config: z.output<Schema>): readonly string[];
  /** What becomes `steps.<node id>`, field by field; optional: not with every outcome. Without it, nothing or (a subflow) what is not known here. */
  readonly output?: z.ZodObject;
  /** Names of the call data that it changes; without it, none. */
  assigns?(config: z.output<Schema>): readonly string[];
  /** Its outcomes are not all known from the configuration: those of a subflow are named by the subflow's own `return` nodes. */
  readonly dynamicOutcomes?: 'subflow';
  /** Outcomes that are given as another one while they are not wired: `{ interrupted: 'done' }`. */
  readonly givenAs?: Readonly<Record<string, string>>;
  /** It never waits for anybody or anything: a circle of such nodes never ends, and validation says so. */
  readonly instant?: boolean;
  /** Whom it waits for, if for anybody: a rehearsal stops here until it is told what the caller does, or what a far end (a callee, a web service) gives. */
  readonly waitsFor?: 'caller' | 'far-end';
  /**
   * What it waits for mostly ends together with the call, as a fax does. So an outcome that it comes to by the hang-up counts: when it
   * is wired, the nodes behind it run after the call, in place of the hang-up path.
   */
  readonly endsWithCall?: boolean;
  /** It takes digits that the caller presses; while none such runs, digits may be meant for a `secret` one that follows. */
  readonly collectsDigits?: boolean;
  /** What a caller presses so that it has this outcome; null: no keys lead to it. Tests that are made from a drawing press them. */
  keysFor?(outcome: string, config: z.output<Schema>): string | null;
  /** An output as a far end might give it with this outcome: what a rehearsal offers to begin with. */
  exampleOutput?(outcome: string): JsonObject;
  /** Never rejects for what callers and far ends do; a `CallwrightError` that it throws becomes the outcome `failed`. */
  run(run: NodeRun<z.output<Schema>>): Promise<NodeResult>;
}

export interface NodeResult {
  /** One of `outcomes(config)`; null for a node that has none (`hang-up`, `return`) and when the signal ended it early. */
  readonly outcome: string | null;
  /** Becomes `steps.<node id>`. */
  readonly output?: JsonObject;
  /** Call data that it changes. */
  readonly assign?: JsonObject;
  /** Set by `return`: ends the subflow with this outcome and these outputs. */
  readonly returns?: { readonly outcome: string; readonly outputs: JsonObject };
  /** Texts that must never be shown: masked in every event from here on. */
  readonly secrets?: readonly string[];
}

/** What a node works with. Everything that is not in here does not exist for it. */
export interface NodeRun<Config> {
  /** Node id in the document. */
  readonly node: string;
  /** Evaluated: no `{{ }}` is left, text fields are text. */
  readonly config: Config;
  readonly channel: CallChannel;
  readonly services: NodeServices;
  /** Aborted when the caller hangs up, when a command moves the call elsewhere, or at shutdown; then 1 s is left to hand over an output. */
  readonly signal: AbortSignal;
  /** The living leg with this name. Throws `call.gone`. */
  leg(name: string): Leg;
  /** Evaluates an expression (without braces) in the call's scope. Throws `expression.failed`. */
  evaluate(expression: string): Promise<Json>;
  log(level: LogLevel, message: string): void;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What a node may ask of the world. Pure code: time and I/O come in here. */
export interface NodeServices {
  readonly clock: Clock;
  readonly http: HttpClient;
  readonly schedules: ScheduleBook;
  readonly subflows: Subflows;
  readonly faxes: FaxDesk;
}

/** The one egress client (reliability S2), seen from a node. */
export interface HttpClient {
  /** Rejects with `http.timeout`, `http.blocked` (kind `input`: a private address), `http.no-connection`, `http.too-large`, `secret.not-found`. */
  request(request: HttpRequest, signal: AbortSignal): Promise<HttpReply>;
}
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Already text; null: no body. */
  readonly body: string | null;
  readonly timeoutMs: number;
  /** Name of a secret that is sent as `Authorization: Bearer`. */
  readonly secret?: string | undefined;
}
export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ScheduleBook {
  /** A stored schedule by name. Rejects with `schedule.not-found`. */
  schedule(name: string): Promise<Json>;
}

/** What can be done with fax documents beside the line. */
export interface FaxDesk {
  /** Makes a document of others. Rejects with `fax.document-not-found`, `fax.bad-document` (kind `input`). */
  build(request: FaxBuild, signal: AbortSignal): Promise<{ document: string; pages: number }>;
  /** Puts a fax into the queue. Rejects with `fax.document-not-found`, `fax.bad-options`, `input.invalid` (kind `input`). */
  queue(request: FaxOrder): Promise<{ id: string }>;
}
export interface FaxOrder {
  readonly to: string;
  readonly document: string;
  readonly from: string | null;
  readonly options: FaxOptionsGiven;
  /** 0 (last) to 9 (first). */
  readonly priority: number;
}

export interface Subflows {
  /** Runs another scenario on this call as a part of this run. Rejects with `scenario.not-found`, `scenario.too-deep`. */
  run(
    request: { readonly scenario: string; readonly version: 'latest' | number; readonly inputs: JsonObject },
    signal: AbortSignal,
  ): Promise<{ outcome: string; outputs: JsonObject }>;
}

/** Keeps the type of the configuration while it is written down. */
export const defineNode = <Schema extends z.ZodObject>(definition: NodeDefinition<Schema>): NodeDefinition<Schema> =>
  definition;
