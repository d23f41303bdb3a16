import { expect } from 'vitest';
import { compileExpression, evaluate } from '@callwright/expression';
import { isCallwrightError, remoteError, VirtualClock, type Json, type JsonObject } from '@callwright/kernel';
import { channelError } from '@callwright/channel-contract';
import {
  FakeExchange,
  passTime,
  type CalleeBehaviour,
  type FakeCall,
  type FakeFarEnd,
} from '@callwright/channel-contract/fake';
import { z } from 'zod';
import type { FaxBuild } from '@callwright/fax';
import type { FaxOrder, HttpReply, HttpRequest, LogLevel, NodeDefinition, NodeResult, NodeServices } from '../node.js';

/** Longer than any node of a test takes. */
const PATIENCE_MS = 3_600_000;
const MONDAY = Date.parse('2026-03-02T10:00:00Z');
const MEDIA = { 'music.wav': 30_000, 'hello.wav': 2_000, 'ring.wav': 3_000 };

/** Whom a call that we placed reaches; answers after ten seconds. */
const CALLEE = 'phone:callee';

type Step = (test: Stage) => void | Promise<void>;
type HttpAnswer = (request: HttpRequest, signal: AbortSignal) => Promise<HttpReply>;
type SubflowAnswer = (request: Parameters<NodeServices['subflows']['run']>[0]) => {
  outcome: string;
  outputs: JsonObject;
};

/** Everything around one node of one call. */
export class Stage {
  readonly clock: VirtualClock;
  readonly exchange: FakeExchange;
  readonly call: FakeCall;
  readonly abort = new AbortController();
  readonly logged: { level: LogLevel; message: string }[] = [];
  readonly requests: HttpRequest[] = [];
  readonly built: FaxBuild[] = [];
  readonly queued: FaxOrder[] = [];
  scope: { vars: JsonObject; steps: JsonObject } = { vars: {}, steps: {} };
  http: HttpAnswer = () => Promise.reject(remoteError('http.no-connection', 'This test has no other system.'));
  schedules: Record<string, Json> = {};
  subflow: SubflowAnswer = () => ({ outcome: 'done', outputs: {} });

  constructor(now: number, { earlyMedia = true, placed = false } = {}) {
    this.clock = new VirtualClock(now);
    this.exchange = new FakeExchange({
      clock: this.clock,
      media: MEDIA,
      policy: (to) => (to === '+900' ? 'outbound.not-allowed' : null),
    });
    this.exchange.callee(CALLEE, { then: 'answers', afterMs: 10_000 });
    this.call = placed ? this.exchange.originate({ to: CALLEE }) : this.exchange.call({ earlyMedia });
    // As the runtime does: the end of the call ends the node.
    this.call.subscribe((event) => {
      if (event.name === 'call.channel-ended') this.abort.abort(channelError('call.gone'));
    });
  }

  get caller(): FakeFarEnd {
    return this.call.caller.farEnd;
  }

  wait = (ms: number): Promise<void> => passTime(this.clock, ms);

  get services(): NodeServices {
    return {
      clock: this.clock,
      http: {
        request: (request, signal) => {
          this.requests.push(request);
          return this.http(request, signal);
        },
      },
      schedules: { schedule: (name) => Promise.resolve(this.schedules[name] ?? null) },
      faxes: {
        build: (request) => {
          this.built.push(request);
          return Promise.resolve({ document: request.name, pages: 2 });
        },
        queue: (order) => {
          this.queued.push(order);
          return Promise.resolve({ id: `fax-${this.queued.length}` });
        },
      },
      subflows: { run: (request) => Promise.resolve(this.subflow(request)) },
    };
  }

  async evaluate(expression: string): Promise<Json> {
    const now = new Date(this.clock.now()).toISOString();
    const { value } = await evaluate(compileExpression(expression), { call: {}, params: {}, now, ...this.scope });
    return value;
  }
}

/** A node, what happens while it runs, and what must come of it: `menu({ keys: { '1': 'sales' } }).press('1').expectOutcome('sales')`. */
export class NodeTest<Schema extends z.ZodObject> {
  readonly #definition: NodeDefinition<Schema>;
  readonly #config: z.input<Schema>;
  readonly #before: Step[] = [];
  readonly #during: Step[] = [];
  readonly #after: Step[] = [];
  #now = MONDAY;
  #answered = true;
  #call: { earlyMedia?: boolean; placed?: boolean } = {};

  constructor(definition: NodeDefinition<Schema>, config: z.input<Schema>) {
    this.#definition = definition;
    this.#config = config;
  }

  /** Anything, before the node begins. */
  given(step: Step): this {
    this.#before.push(step);
    return this;
  }

  /** Anything, while the node runs. */
  meanwhile(step: Step): this {
    this.#during.push(step);
    return this;
  }

  /** Anything, after the node has ended. */
  afterwards(step: Step): this {
    this.#after.push(step);
    return this;
  }

  at(time: string): this {
    this.#now = Date.parse(time);
    return this;
  }

  notAnswered({ earlyMedia = true } = {}): this {
    this.#answered = false;
    this.#call = { earlyMedia };
    return this;
  }

  /** We placed the call; who is called answers after ten seconds. */
  placed(): this {
    this.#answered = false;
    this.#call = { placed: true };
    return this;
  }

  typedAhead = (digits: string): this => this.given(({ caller }) => caller.press(digits));
  callee = (to: string, behaviour: CalleeBehaviour): this =>
    this.given(({ exchange }) => exchange.callee(to, behaviour));
  wait = (ms: number): this => this.meanwhile((stage) => stage.wait(ms));
  press = (digits: string): this => this.meanwhile(({ caller }) => caller.press(digits));
  talk = (ms: number): this => this.meanwhile(({ caller }) => caller.talk(ms));
  hangUp = (): this => this.meanwhile(({ caller }) => caller.hangUp());
  /** A command moves the call elsewhere. */
  command = (): this => this.meanwhile(({ abort }) => abort.abort());
  /** What the caller hears at this moment. */
  hears = (...texts: string[]): this =>
    this.meanwhile(({ caller }) => {
      const now = caller.heard.filter(({ to }) => to === null).map(({ sound }) => sound.text);
      expect(now).toEqual(texts);
    });
  /** Everything that the caller has heard, in order, at the end. */
  heard = (...texts: string[]): this =>
    this.afterwards(({ caller }) => expect(caller.heard.map(({ sound }) => sound.text)).toEqual(texts));

  async result(): Promise<NodeResult> {
    const { stage, settled } = await this.#run();
    if (settled.kind === 'rejected') throw settled.error;
    const { outcome } = settled.result;
    if (outcome !== null && !this.#definition.dynamicOutcomes) expect(this.outcomes()).toContain(outcome);
    // What is promised of the output is what comes; an interrupted node gives what it has.
    const { output } = this.#definition;
    if (!this.#definition.dynamicOutcomes) (output ?? z.strictObject({})).partial().parse(settled.result.output ?? {});
    if (output && outcome !== null) output.parse(settled.result.output ?? {});
    for (const step of this.#after) await step(stage);
    return settled.result;
  }

  outcomes(): readonly string[] {
    return this.#definition.outcomes(this.#definition.config.parse(this.#config));
  }

  async expectOutcome(outcome: string, output?: JsonObject): Promise<NodeResult> {
    const result = await this.result();
    expect(result.outcome).toBe(outcome);
    if (output) expect(result.output).toEqual(output);
    return result;
  }

  /** The hang-up or a command ended it, and it handed over what it had, at once. */
  async expectInterrupted(output?: JsonObject): Promise<void> {
    const result = await this.result();
    expect(result.outcome).toBe(null);
    if (output) expect(result.output).toEqual(output);
  }

  async expectFailure(code: string): Promise<void> {
    const { stage, settled } = await this.#run();
    if (settled.kind === 'resolved') throw new Error(`Expected ${code}, got the outcome ${settled.result.outcome}`);
    const { error } = settled;
    expect(isCallwrightError(error) ? error.code : error).toBe(code);
    for (const step of this.#after) await step(stage);
  }

  async #run() {
    const stage = new Stage(this.#now, this.#call);
    if (this.#answered) await stage.call.caller.answer({ headers: {} });
    for (const step of this.#before) await step(stage);
    await stage.wait(0);
    type Settled = { kind: 'resolved'; result: NodeResult } | { kind: 'rejected'; error: unknown };
    let settled: Settled | null = null;
    this.#definition
      .run({
        node: 'node',
        config: this.#definition.config.parse(this.#config),
        channel: stage.call,
        services: stage.services,
        signal: stage.abort.signal,
        leg: (name) => {
          const leg = stage.call.leg(name);
          if (!leg) throw channelError('call.gone', { leg: name });
          return leg;
        },
        evaluate: (expression) => stage.evaluate(expression),
        log: (level, message) => stage.logged.push({ level, message }),
      })
      .then(
        (result) => (settled = { kind: 'resolved', result }),
        (error: unknown) => (settled = { kind: 'rejected', error }),
      );
    await stage.wait(0);
    for (const step of this.#during) {
      await step(stage);
      await stage.wait(0);
    }
    const since = stage.clock.now();
    for (
      let next = stage.clock.next();
      !settled && next !== undefined && next < since + PATIENCE_MS;
      next = stage.clock.next()
    ) {
      await stage.wait(next - stage.clock.now());
    }
    if (!settled) throw new Error('The node does not end.');
    if (stage.abort.signal.aborted) expect(stage.clock.now() - since).toBeLessThanOrEqual(1_000);
    return { stage, settled: settled as Settled };
  }
}

/** `const menu = nodeTest(definition)` */
export const nodeTest =
  <Schema extends z.ZodObject>(definition: NodeDefinition<Schema>) =>
  (config: z.input<Schema>): NodeTest<Schema> =>
    new NodeTest(definition, config);

/** What is wrong with a configuration, in words; empty: nothing. */
export const problemsOf = (definition: NodeDefinition, config: unknown): readonly string[] => {
  const reading = definition.config.safeParse(config);
  return reading.success
    ? []
    : reading.error.issues.map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message));
};
