import { inputError, VirtualClock, type JsonObject } from '@callwright/kernel';
import { FakeExchange, passTime, type FakeCall, type FakeOriginateOptions } from '@callwright/channel-contract/fake';
import { catalogue, type HttpClient, type NodeDefinition } from '@callwright/nodes';
import { parseScenario, type ScenarioDocument } from '@callwright/scenario';
import {
  compileScenario,
  startRun,
  type CallEvent,
  type CallEventName,
  type CompiledScenario,
  type Run,
} from '../index.js';

/** `node('say', { prompt: [] }, { done: 'bye' })` */
export const node = (
  src: string,
  input: JsonObject = {},
  wires: Readonly<Record<string, string>> = {},
): JsonObject => ({
  invoke: {
    src,
    input,
    onDone: Object.entries(wires).map(([is, target]) => ({
      guard: { type: 'outcome', params: { is } },
      target,
      reenter: true,
    })),
  },
});

export const say = (text: string, to?: string): JsonObject =>
  node('say', { prompt: [{ say: text }] }, to === undefined ? {} : { done: to });

export const scenario = (states: Readonly<Record<string, JsonObject>>, more: JsonObject = {}): ScenarioDocument =>
  parseScenario({
    id: 'test',
    meta: { format: 1, name: 'Test' },
    initial: Object.keys(states)[0] ?? '',
    ...more,
    states,
  });

/** The same with an `answer` before it. */
export const answered = (states: Readonly<Record<string, JsonObject>>, more: JsonObject = {}): ScenarioDocument =>
  scenario({ answer: node('answer', {}, { answered: Object.keys(states)[0] ?? '' }), ...states }, more);

export interface StageOptions {
  readonly others?: readonly ScenarioDocument[];
  readonly types?: readonly NodeDefinition[];
  readonly http?: HttpClient['request'];
  readonly parameters?: JsonObject;
  readonly outbound?: FakeOriginateOptions;
  readonly compiled?: CompiledScenario;
  readonly exchange?: (exchange: FakeExchange) => void;
}

/** A call on a stage: a scenario, a fake caller, a virtual clock. */
export class Stage {
  readonly clock = new VirtualClock(Date.parse('2026-03-02T10:00:00Z'));
  readonly exchange = new FakeExchange({ clock: this.clock, media: {} });
  readonly events: CallEvent[] = [];
  readonly compiled: CompiledScenario;
  readonly call: FakeCall;
  readonly run: Run;

  constructor(document: ScenarioDocument, options: StageOptions = {}) {
    const types = options.types ?? catalogue;
    options.exchange?.(this.exchange);
    const others = new Map((options.others ?? []).map((other) => [other.id, compileScenario(other, types)]));
    this.compiled = options.compiled ?? compileScenario(document, types);
    this.call = options.outbound ? this.exchange.originate(options.outbound) : this.exchange.call();
    this.run = startRun({
      scenarioId: 's1',
      version: 1,
      scenario: this.compiled,
      channel: this.call,
      services: {
        clock: this.clock,
        http: { request: options.http ?? (() => Promise.reject(inputError('http.no-connection', 'No network.'))) },
        schedules: { schedule: (name) => Promise.reject(inputError('schedule.not-found', name)) },
        faxes: {
          build: ({ name }) => Promise.resolve({ document: name, pages: 1 }),
          queue: () => Promise.resolve({ id: 'fax-1' }),
        },
      },
      scenarios: { find: (id) => Promise.resolve(others.get(id) ?? null) },
      parameters: options.parameters ?? {},
      onEvent: (event) => this.events.push(event),
    });
  }

  async pass(ms = 0): Promise<this> {
    await passTime(this.clock, ms, () => new Promise((resolve) => setImmediate(resolve)));
    return this;
  }

  async press(digits: string): Promise<this> {
    this.call.caller.farEnd.press(digits);
    return this.pass();
  }

  async hangUp(): Promise<this> {
    this.call.caller.farEnd.hangUp();
    return this.pass();
  }

  named<Name extends CallEventName>(name: Name): Extract<CallEvent, { name: Name }>[] {
    return this.events.filter((event): event is Extract<CallEvent, { name: Name }> => event.name === name);
  }

  /** The events in short: `node.left menu sales`. */
  get story(): string[] {
    return this.events.flatMap((event) => {
      switch (event.name) {
        case 'node.entered':
          return [`> ${event.node}`];
        case 'node.left':
          return [`< ${event.node} ${event.outcome}`];
        case 'run.failed':
          return [`! ${event.node} ${event.code}`];
        case 'call.ended':
          return [`call.ended ${event.cause} ${event.endedBy}`];
        case 'run.ended':
          return [`run.ended ${event.reason}`];
        default:
          return [];
      }
    });
  }

  get log(): string[] {
    return this.named('log.written').map((event) => event.message);
  }
}
