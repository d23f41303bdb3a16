import { deepFreeze, type Clock, type JsonObject } from '@callwright/kernel';
import {
  channelError,
  type CallCause,
  type CallChannel,
  type ChannelEvent,
  type EndedBy,
} from '@callwright/channel-contract';
import { MASK } from '@callwright/expression';
import type { CallerNeed } from '@callwright/nodes';
import type { CompiledScenario } from '../compile/compile.js';
import { stopped } from '../errors.js';
import { EventLog } from '../log/event-log.js';
import { RUN_LIMITS } from '../limits.js';
import type { CallCommand, Run, RunOptions, RunResult, ScenarioShelf } from '../run.js';
import { Commands } from './commands.js';
import { Flow } from './flow.js';
import { randomOf } from './random.js';
import { Secrets } from './secrets.js';
import { StepBudget } from './step-budget.js';
import type { Visit } from './visit.js';

interface Goodbye {
  readonly cause: CallCause;
  readonly endedBy: EndedBy;
}

/** One call and everything that happens to it: the channel, the flow of its scenario, and its log. */
export class CallRun implements Run {
  readonly channel: CallChannel;
  readonly services: RunOptions<CompiledScenario>['services'];
  readonly scenarios: ScenarioShelf<CompiledScenario> | undefined;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly log: EventLog;
  readonly random: () => number;
  readonly ended: Promise<RunResult>;
  readonly #flow: Flow;
  readonly #commands: Commands;
  readonly #path: string[] = [];
  readonly #flows: Flow[] = [];
  readonly #budget = new StepBudget();
  /** Who began each recording; it may end when the node has long been left. */
  readonly #recorders = new Map<string, string | null>();
  /** Which node's prompt a leg hears. */
  readonly #prompts = new Map<string, string>();
  readonly #startedAt: number;
  readonly #resolveEnded: (result: RunResult) => void;
  readonly #unsubscribe: () => void;
  readonly #released: Promise<void>;
  #release = () => {};
  #answeredAt: number | null = null;
  #begun = false;
  #goodbye: Goodbye | null = null;
  /** Begun when the caller's leg has ended, or we end the call. */
  #ending: Promise<void> | null = null;
  #callEnded = false;
  #finishing = false;
  #cancelAfterCall = () => {};
  #stopping = false;

  constructor({
    channel,
    services,
    scenario,
    scenarios,
    parameters,
    scenarioId,
    version,
    onEvent,
  }: RunOptions<CompiledScenario>) {
    this.channel = channel;
    this.services = services;
    this.scenarios = scenarios;
    this.clock = services.clock;
    this.random = randomOf(channel.id);
    this.#startedAt = this.clock.now();
    this.secrets = new Secrets(scenario.mayHoldSecrets);
    this.log = new EventLog({
      envelope: { callId: channel.id, scenarioId, version },
      clock: this.clock,
      mask: this.secrets.mask,
      onEvent,
    });
    let resolveEnded: (result: RunResult) => void = () => {};
    this.ended = new Promise((resolve) => (resolveEnded = resolve));
    this.#resolveEnded = resolveEnded;
    this.#released = new Promise((resolve) => (this.#release = resolve));
    const params = deepFreeze(parameters);
    this.#flow = new Flow({ run: this, scenario, params, secretParams: [], prefix: '', depth: 0 });
    this.#flows.push(this.#flow);
    this.#commands = new Commands(this, this.#flow);
    const { direction, from, to } = channel;
    this.log.tell({ name: 'call.started', direction, from, to, parameters: params });
    this.#unsubscribe = channel.subscribe((event) => this.#onChannel(event));
    void this.#flow.ended.then(({ reason, error }) => this.#finish(reason, error !== null));
    // A call that we placed waits for its answer; everybody else is served at once.
    if (direction === 'inbound' || this.#isAnswered()) this.#begin();
  }

  get callId(): string {
    return this.channel.id;
  }

  get node(): string | null {
    return this.#visit?.name ?? null;
  }

  get path(): readonly string[] {
    return this.#path;
  }

  get variables(): JsonObject {
    return this.secrets.mask.named(this.#flow.shown.variables);
  }

  get values(): JsonObject {
    return this.#flow.data.vars;
  }

  command(command: CallCommand, by: string): Promise<void> {
    return this.#commands.carryOut(command, by);
  }

  async stop(): Promise<void> {
    if (!this.#begun) await this.#finish('call-ended', false);
    if (this.#finishing) return void (await this.ended);
    this.#stopping = true;
    await this.#flow.interrupt('run.stopped', stopped());
    await this.ended;
  }

  // --- What flows and commands ask ---

  /** The call has ended, and the scenario knows. */
  get callEnded(): boolean {
    return this.#callEnded;
  }

  /** The caller's leg has ended. */
  get callerGone(): boolean {
    return this.channel.state === 'ended' || this.channel.caller.state === 'ended';
  }

  get isOver(): boolean {
    return this.#finishing;
  }

  /** `call` as expressions see it. */
  facts(): JsonObject {
    const { id, from, to, direction, state, headers } = this.channel;
    const at = (time: number | null) => (time === null ? null : new Date(time).toISOString());
    const cause = this.channel.cause ?? this.#goodbye?.cause ?? null;
    return {
      id,
      from,
      to,
      direction,
      state,
      cause,
      headers,
      startedAt: at(this.#startedAt),
      answeredAt: at(this.#answeredAt),
    };
  }

  /** Throws `call.gone`, `call.not-answered`. */
  require(need: CallerNeed): void {
    if (need === 'none') return;
    if (this.callerGone) throw channelError('call.gone');
    if (need === 'audio' && !this.channel.caller.hasAudio) throw channelError('call.not-answered');
  }

  /** `at` is the `now` that its expressions saw: evaluating them takes a moment. */
  entered(name: string, type: string, config: JsonObject, at: number): void {
    this.#path.push(name);
    this.log.tell({ name: 'node.entered', node: name, type, config }, at);
  }

  /** Whether one more node may be entered; if not, the run ends. */
  spend(): boolean {
    if (this.#finishing) return false;
    const message = this.#budget.spend();
    if (message === null) return true;
    this.log.tell({ name: 'log.written', level: 'error', message });
    void this.#finish('step-budget', false);
    return false;
  }

  waited(durationMs: number): void {
    this.#budget.took(durationMs);
  }

  /** Nodes that wait for nothing follow each other without a gap, in which nothing else of the process could happen. */
  async breathe(): Promise<void> {
    if (this.#budget.needsBreath()) await new Promise<void>((resolve) => this.clock.at(this.clock.now() + 1, resolve));
  }

  /** Runs a subflow: while it does, its visits are where the call stands. */
  async within<T>(flow: Flow, work: () => Promise<T>): Promise<T> {
    this.secrets.expect(flow.scenario.mayHoldSecrets);
    this.#flows.push(flow);
    try {
      return await work();
    } finally {
      this.#flows.splice(this.#flows.indexOf(flow), 1);
    }
  }

  /** The flow that the call stands in: the scenario's own, or that of the subflow that runs. */
  get innermost(): Flow {
    return this.#flows.at(-1) ?? this.#flow;
  }

  /** Waits for something, but not for ever. */
  atMost(ms: number, what: Promise<unknown>): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.clock.at(this.clock.now() + ms, resolve);
      void what.then(() => {
        cancel();
        resolve();
      });
    });
  }

  /** When the scenario was told that the call has ended; not for ever, should a channel never tell. */
  hangUpArrives(): Promise<void> {
    return this.atMost(RUN_LIMITS.releaseMs + RUN_LIMITS.handOverMs, this.#ending ?? this.#released);
  }

  // --- The channel ---

  #onChannel(event: ChannelEvent): void {
    switch (event.name) {
      case 'call.channel-ended':
        this.#goodbye = { cause: event.cause, endedBy: event.endedBy };
        this.#release();
        this.#hangUp();
        return;
      case 'digit.received':
        this.log.tell({ ...event, digit: this.#hides(event.leg) ? null : event.digit });
        return;
      case 'prompt.started':
        this.#prompts.set(event.leg, this.node ?? '');
        this.log.tell({
          name: event.name,
          node: this.node ?? '',
          leg: event.leg,
          parts: this.#visit?.veil(event.parts) ?? event.parts,
        });
        return;
      case 'prompt.ended':
        this.log.tell({
          name: event.name,
          node: this.#prompts.get(event.leg) ?? '',
          leg: event.leg,
          reason: event.reason,
        });
        return;
      case 'recording.started': {
        // Null: somebody asked for the recording from outside.
        const node = this.#commands.asked(event.recording) ? null : this.node;
        this.#recorders.set(event.recording, node);
        this.log.tell({ name: event.name, recording: event.recording, node });
        return;
      }
      case 'recording.ended': {
        const { name, recording, durationMs, cause } = event;
        this.log.tell({ name, recording, node: this.#recorders.get(recording) ?? null, durationMs, cause });
        return;
      }
      case 'call.answered':
        this.log.tell(event);
        if (event.leg !== this.channel.caller.name) return;
        this.#answeredAt ??= this.clock.now();
        this.#begin();
        return;
      case 'leg.ended':
        this.log.tell(event);
        if (event.leg === this.channel.caller.name) this.#hangUp();
        return;
      case 'leg.added':
        this.log.tell(this.#visit?.hidesDestination ? { ...event, uri: MASK } : event);
        return;
      case 'call.state-changed':
      case 'leg.state-changed':
      case 'message.received':
      case 'fax.detected':
      case 'fax.started':
      case 'fax.signal':
      case 'fax.negotiated':
      case 'fax.page-sent':
      case 'fax.page-received':
      case 'fax.ended':
        this.log.tell(event);
    }
  }

  get #visit(): Visit | null {
    return this.#flows.findLast((flow) => flow.visit !== null)?.visit ?? null;
  }

  #hides(leg: string): boolean {
    return leg === this.channel.caller.name && this.secrets.hidesDigits(this.#visit);
  }

  #isAnswered(): boolean {
    return this.channel.caller.state === 'answered' || this.channel.caller.state === 'held';
  }

  #begin(): void {
    if (this.#begun || this.callerGone) return;
    this.#begun = true;
    if (this.#isAnswered()) this.#answeredAt ??= this.clock.now();
    this.#flow.start();
  }

  // --- The end ---

  /** The caller has gone: the running node hands over, the scenario is told, and may go on for a while. */
  #hangUp(): void {
    if (this.#ending || this.#finishing) return;
    if (!this.#begun) return void this.#finish('call-ended', false);
    this.#ending = this.#flow.interrupt('call.ended', channelError('call.gone'), async () => {
      await this.#tellCallEnded();
      this.#cancelAfterCall = this.clock.at(this.clock.now() + RUN_LIMITS.afterCallMs, () => void this.stop());
    });
  }

  /** Tells `call.ended` once, when every leg is released. */
  async #tellCallEnded(): Promise<void> {
    await this.atMost(RUN_LIMITS.releaseMs, this.#released);
    if (this.#callEnded) return;
    this.#callEnded = true;
    const { cause, endedBy } = this.#goodbye ?? { cause: this.channel.cause ?? 'failed', endedBy: 'system' };
    this.log.tell({ name: 'call.ended', cause, endedBy, durationMs: this.clock.now() - this.#startedAt });
  }

  async #finish(reason: RunResult['reason'], failed: boolean): Promise<void> {
    if (this.#finishing) return;
    this.#finishing = true;
    const afterCall = this.#callEnded || this.#stopping;
    this.#cancelAfterCall();
    this.#flow.stop();
    if (!this.callerGone) {
      // Who was never answered is told that we cannot, not that all went well.
      const cause = failed && !this.#isAnswered() ? 'unavailable' : 'normal';
      await this.atMost(
        RUN_LIMITS.releaseMs,
        this.channel.hangUp(cause).catch(() => this.#release()),
      );
    }
    await this.#tellCallEnded();
    const node = this.#path.at(-1) ?? null;
    const over = afterCall && reason !== 'step-budget' ? 'call-ended' : reason;
    this.log.tell({ name: 'run.ended', node, reason: over });
    this.#unsubscribe();
    this.#resolveEnded({
      reason: over,
      node,
      steps: this.secrets.mask.named(this.#flow.shown.steps),
      variables: this.variables,
    });
  }
}
