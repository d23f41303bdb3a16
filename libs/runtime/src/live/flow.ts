import { deepFreeze, isCallwrightError, type CallwrightError, type Json, type JsonObject } from '@callwright/kernel';
import type { Scope } from '@callwright/expression';
import { channelError, type Leg } from '@callwright/channel-contract';
import type { LogLevel, NodeResult, NodeServices, Subflows } from '@callwright/nodes';
import { FAILED } from '@callwright/scenario';
import { createActor, type Actor } from 'xstate';
import { transferNode, type CompiledNode, type CompiledScenario } from '../compile/compile.js';
import {
  TRANSFERRING,
  type FlowContext,
  type FlowData,
  type FlowHost,
  type FlowMachine,
  type Left,
  type NodeDone,
} from '../compile/machine.js';
import { moved, nodeFailed, scenarioNotFound, stopped, tooDeep } from '../errors.js';
import { RUN_LIMITS } from '../limits.js';
import type { CallRun } from './call-run.js';
import { evaluateConfiguration, evaluateExpression, type Evaluator } from './evaluation.js';
import { SecretPlaces } from './secret-places.js';
import { maskKeys, Visit } from './visit.js';

export interface FlowOptions {
  readonly run: CallRun;
  readonly scenario: CompiledScenario;
  readonly params: JsonObject;
  /** Names of parameters that nobody may see. */
  readonly secretParams: readonly string[];
  /** `outer/` in a subflow, else empty. */
  readonly prefix: string;
  readonly depth: number;
}

export interface FlowEnd {
  readonly reason: 'end' | 'unwired';
  readonly returned: FlowContext['returned'];
  /** The fault that nothing caught, when that ended it. */
  readonly error: CallwrightError | null;
}

/** One scenario on one call: an actor of the version's machine, and the nodes that it asks for. */
export class Flow implements FlowHost {
  readonly scenario: CompiledScenario;
  readonly ended: Promise<FlowEnd>;
  readonly #run: CallRun;
  readonly #prefix: string;
  readonly #depth: number;
  readonly #actor: Actor<FlowMachine>;
  readonly #services: NodeServices;
  readonly #secrets: SecretPlaces;
  #visit: Visit | null = null;
  /** While an interruption waits for the node to hand over, the machine stands still. */
  #blocked = false;
  #interruption: Promise<void> = Promise.resolve();
  #transfer: CompiledNode | null = null;
  /** The last node of the drawing: a transfer that comes to nothing leads back to it. */
  #cameFrom: string | null = null;
  #fault: CallwrightError | null = null;
  /** Outputs of the `return` that ended this flow which nobody may see. */
  #returnedSecrets: readonly string[] = [];

  constructor({ run, scenario, params, secretParams, prefix, depth }: FlowOptions) {
    this.#run = run;
    this.scenario = scenario;
    this.#prefix = prefix;
    this.#depth = depth;
    this.#secrets = new SecretPlaces(secretParams);
    this.#actor = createActor(scenario.machine, { input: { params, host: this } });
    this.#services = { ...run.services, subflows: { run: (request, signal) => this.#subflow(request, signal) } };
    this.ended = new Promise((resolve) => {
      this.#actor.subscribe({
        complete: () => {
          const { reason, returned } = this.#actor.getSnapshot().context;
          resolve({ reason: reason ?? 'end', returned, error: this.#fault });
        },
        // A machine of ours does not throw; should it, the call still ends politely.
        error: (error) => resolve({ reason: 'unwired', returned: null, error: nodeFailed(error) }),
      });
    });
  }

  get visit(): Visit | null {
    return this.#visit;
  }

  get data(): FlowData {
    return this.#actor.getSnapshot().context;
  }

  /** Call data as it may be shown. */
  get shown(): { readonly variables: JsonObject; readonly steps: JsonObject } {
    return { variables: this.#secrets.shownVariables(this.data.vars), steps: this.#secrets.shownSteps };
  }

  start(): void {
    this.#actor.start();
  }

  /** Nothing more happens. */
  stop(): void {
    this.#blocked = true;
    this.#visit?.controller.abort(stopped());
    this.#actor.stop();
  }

  /** Ends what runs, waits until it has handed over its output, and sends the machine elsewhere. One after the other. */
  interrupt(
    event: 'call.ended' | 'run.stopped' | `go-to.${string}`,
    reason: CallwrightError,
    before: () => Promise<void> = async () => {},
  ): Promise<void> {
    this.#interruption = this.#interruption.then(async () => {
      if (event === 'call.ended' && (await this.#run.innermost.#goesOnAfter(reason, before))) return;
      const visit = await this.#endVisit(reason);
      const left = visit && this.#leave(visit, false);
      await before();
      if (this.#actor.getSnapshot().status !== 'active') return;
      this.#blocked = false;
      this.#actor.send({ type: event, left });
    });
    return this.#interruption;
  }

  /**
   * A fax that ends with the hang-up of the far end has ended as faxes do: where its outcome is wired, its flow goes on behind it. Should
   * that be a subflow, whoever runs it still waits for its end.
   */
  async #goesOnAfter(reason: CallwrightError, before: () => Promise<void>): Promise<boolean> {
    if (this.#visit?.node.definition.endsWithCall !== true) return false;
    const visit = await this.#endVisit(reason);
    const outcome = visit?.result?.outcome ?? null;
    if (!visit || outcome === null || !visit.node.wired.has(outcome)) return false;
    this.#leave(visit, true);
    await before();
    this.#blocked = false;
    visit.goOn();
    return true;
  }

  /** Ends what runs and waits, at most 1 s, for its output. The machine stands still from here on. */
  async abort(reason: CallwrightError): Promise<Left | null> {
    const visit = await this.#endVisit(reason);
    return visit && this.#leave(visit, false);
  }

  /** What runs, its time over; null when nothing does. */
  async #endVisit(reason: CallwrightError): Promise<Visit | null> {
    this.#blocked = true;
    const visit = this.#visit;
    if (!visit) return null;
    visit.controller.abort(reason);
    await this.#run.atMost(RUN_LIMITS.handOverMs, visit.finished);
    return this.#visit === visit ? visit : null;
  }

  #leave(visit: Visit, outcomeCounts: boolean): Left {
    this.#visit = null;
    const { outcome = null, output = {}, assign } = visit.result ?? {};
    this.#tellLeft(visit, outcomeCounts ? outcome : null, output, outcomeCounts ? assign : {});
    return { node: visit.node.id, output };
  }

  async transfer(to: string): Promise<void> {
    const { transfer } = this.scenario;
    if (!transfer) throw channelError('call.wrong-state');
    this.#transfer = transferNode(transfer, to);
    await this.interrupt(`go-to.${TRANSFERRING}`, moved());
  }

  async goTo(node: string): Promise<void> {
    await this.interrupt(`go-to.${node}`, moved());
  }

  // --- What the machine asks (FlowHost) ---

  enter(id: string, data: FlowData): Promise<NodeDone> {
    if (this.#blocked) return never();
    const node = id === TRANSFERRING && this.#transfer ? this.#transfer : this.scenario.nodes.get(id);
    if (!node || !this.#run.spend()) return never();
    return this.#stay(node, data);
  }

  left(_id: string, done: NodeDone): void {
    const visit = this.#visit;
    if (!visit) return;
    this.#visit = null;
    this.#tellLeft(visit, done.outcome, done.output, done.assign);
    if (done.outcome === FAILED && !visit.node.wired.has(FAILED)) {
      this.#fault = visit.error ?? nodeFailed(null);
      const { code, message } = this.#fault;
      this.#run.log.tell({ name: 'run.failed', node: visit.name, code, message });
    } else if (done.outcome !== null && !visit.node.wired.has(done.outcome)) {
      this.#run.log.tell({
        name: 'log.written',
        level: 'info',
        message: `The outcome "${done.outcome}" of ${visit.name} leads nowhere.`,
      });
    }
  }

  // --- A stay at a node ---

  async #stay(node: CompiledNode, data: FlowData): Promise<NodeDone> {
    const visit = new Visit(`${this.#prefix}${node.id}`, node, this.#run.clock.now());
    this.#visit = visit;
    this.#fault = null;
    const result = await this.#work(visit, data).catch((thrown: unknown) => this.#failure(visit, thrown));
    const done = this.#done(visit, result);
    visit.finish(done);
    await this.#run.breathe();
    if (this.#interrupted(visit)) return visit.goesOn.then(() => done);
    // The call may end while the node tells us so in its own way: a goodbye is not a fault.
    if (!this.#run.callEnded && (this.#run.callerGone || (done.outcome === null && !done.returns))) {
      await this.#run.hangUpArrives();
      if (this.#interrupted(visit)) return visit.goesOn.then(() => done);
    }
    if (node.id === TRANSFERRING && done.outcome !== 'returned' && this.#cameFrom !== null) {
      void this.goTo(this.#cameFrom);
      return never();
    }
    return done;
  }

  async #work(visit: Visit, data: FlowData): Promise<NodeResult> {
    const { node, controller, name } = visit;
    const scope = (at: number): Scope => ({ call: this.#run.facts(), ...data, now: new Date(at).toISOString() });
    const missing: string[] = [];
    const evaluator: Evaluator = {
      clock: this.#run.clock,
      random: this.#run.random,
      secrets: this.#secrets.all,
      onSecrets: (fields) => this.#run.secrets.hide(visit, fields),
      onMissing: (where, expression) =>
        missing.push(`${name}${where === '' ? '' : ` (${where})`}: ${expression} is missing.`),
    };
    const tellMissing = () => missing.splice(0).forEach((line) => this.#log(visit, 'warn', line));
    try {
      const config = node.reading.fixed ?? (await evaluateConfiguration(node, scope(visit.enteredAt), evaluator));
      visit.config = this.#run.secrets.fitForNames(visit, config);
    } finally {
      if (this.#visit === visit) this.#tellEntered(visit);
      tellMissing();
    }
    if (controller.signal.aborted) return { outcome: null };
    this.#run.require(node.definition.needs);
    return node.definition.run({
      node: node.id,
      config: visit.config,
      channel: this.#run.channel,
      services: this.#services,
      signal: controller.signal,
      leg: (leg) => this.#leg(leg),
      evaluate: async (expression) => {
        const value = await evaluateExpression(expression, scope(this.#run.clock.now()), evaluator);
        tellMissing();
        return value;
      },
      log: (level, message) => this.#log(visit, level, message),
    });
  }

  #leg(name: string): Leg {
    const leg = this.#run.channel.leg(name);
    if (!leg) throw channelError('call.gone', { leg: name });
    return leg;
  }

  #failure(visit: Visit, thrown: unknown): NodeResult {
    visit.error = visit.veilError(isCallwrightError(thrown) ? thrown : nodeFailed(thrown));
    const { code, message, details } = visit.error;
    // What a far end did stands where it stands for every other outcome of the node.
    const cause = typeof details['cause'] === 'string' ? { cause: details['cause'] } : {};
    return { outcome: FAILED, output: { error: { code, message }, ...cause } };
  }

  #done(visit: Visit, result: NodeResult): NodeDone {
    const { node } = visit;
    const output: JsonObject = deepFreeze(result.output ?? {});
    for (const secret of result.secrets ?? []) this.#run.secrets.mask.add(secret);
    this.#run.secrets.learn(visit, output);
    if (result.returns) this.#returnedSecrets = visit.secretsWithin('outputs');
    const outcome =
      result.outcome !== null && !node.wired.has(result.outcome)
        ? (node.definition.givenAs?.[result.outcome] ?? result.outcome)
        : result.outcome;
    return { outcome, output, assign: deepFreeze(result.assign ?? {}), returns: deepFreeze(result.returns ?? null) };
  }

  #interrupted(visit: Visit): boolean {
    return this.#blocked || this.#visit !== visit || visit.controller.signal.aborted;
  }

  // --- Events ---

  #tellEntered(visit: Visit): void {
    const { name, node, enteredAt, config } = visit;
    if (node.id !== TRANSFERRING) this.#cameFrom = node.id;
    this.#run.entered(name, node.definition.type, visit.shown(config ?? node.node.input), enteredAt);
  }

  #tellLeft(visit: Visit, outcome: string | null, output: Json, changes: JsonObject = {}): void {
    const { log, clock } = this.#run;
    const { name, node, enteredAt, secretVariables } = visit;
    const shown = visit.shownOutput(output);
    this.#secrets.left(visit, shown, changes);
    if (Object.keys(changes).length > 0)
      log.tell({ name: 'variables.changed', changes: maskKeys(changes, secretVariables) as JsonObject });
    const durationMs = clock.now() - enteredAt;
    log.tell({ name: 'node.left', node: name, type: node.definition.type, outcome, output: shown, durationMs });
    this.#run.waited(durationMs);
  }

  #log(visit: Visit, level: LogLevel, message: string): void {
    if (this.#visit === visit) this.#run.log.tell({ name: 'log.written', level, message: visit.veilText(message) });
  }

  // --- Subflows ---

  async #subflow(
    { scenario, version, inputs }: Parameters<Subflows['run']>[0],
    signal: AbortSignal,
  ): ReturnType<Subflows['run']> {
    const outer = this.#visit;
    if (this.#depth >= RUN_LIMITS.depth) throw tooDeep();
    const compiled = (await this.#run.scenarios?.find(scenario, version)) ?? null;
    if (!compiled) throw scenarioNotFound(scenario);
    if (signal.aborted || !outer) return { outcome: 'done', outputs: {} };
    const flow = new Flow({
      run: this.#run,
      scenario: compiled,
      params: deepFreeze(inputs),
      secretParams: outer.secretsWithin('inputs'),
      prefix: `${outer.name}/`,
      depth: this.#depth + 1,
    });
    return this.#run.within(flow, async () => {
      let onAbort = () => {};
      const aborted = new Promise<null>((resolve) => {
        onAbort = () => void flow.abort(signal.reason as CallwrightError).then(() => resolve(null));
        signal.addEventListener('abort', onAbort, { once: true });
      });
      flow.start();
      const end = await Promise.race([flow.ended, aborted]);
      signal.removeEventListener('abort', onAbort);
      flow.stop();
      if (end?.error) throw end.error;
      for (const name of flow.#returnedSecrets) outer.secretOutputs.add(name);
      return end?.returned ?? { outcome: 'done', outputs: {} };
    });
  }
}

/** A new one each time: what waits for it can be forgotten together with it. */
const never = (): Promise<never> => new Promise(() => {});
