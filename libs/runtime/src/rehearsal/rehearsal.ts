import { inputError, VirtualClock, type Json, type JsonObject } from '@callwright/kernel';
import type { Headers } from '@callwright/channel-contract';
import { FakeExchange, settle, type FakeCall } from '@callwright/channel-contract/fake';
import { catalogue, type NodeDefinition, type NodeRun } from '@callwright/nodes';
import { catalogueOf, type ScenarioDocument } from '@callwright/scenario';
import { compileScenario, type CompiledScenario } from '../compile/compile.js';
import type { CallEvent } from '../events.js';
import type { Run } from '../run.js';
import { startRun } from '../start-run.js';
import { Answers, type Question } from './answers.js';

export interface RehearsalOptions {
  readonly document: ScenarioDocument;
  /** When the call comes in, in ms since the epoch. */
  readonly now: number;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly parameters?: JsonObject;
  /** Finds the scenarios that `subflow` nodes name, by document id. */
  readonly find?: (scenario: string) => Promise<ScenarioDocument | null>;
  /** Lets everything that waits for promises alone go on; a host with a queue of its own gives a faster one. */
  readonly settled?: () => Promise<void>;
  readonly onEvent?: (event: CallEvent) => void;
  /** Schedules that `business-hours` nodes name. */
  readonly schedules?: Readonly<Record<string, Json>>;
  /** What nodes are told that is known before the call comes in: the first node is entered while the rehearsal is made. */
  readonly ahead?: readonly {
    readonly node: string;
    readonly outcome: string;
    readonly output?: JsonObject | undefined;
  }[];
  /** Headers of the request that began the call. */
  readonly headers?: Headers;
  /** Asked whenever a node (`outer/inner` in a subflow) has been entered: whether the rehearsal stops there until `resume`. */
  readonly stopsAt?: (node: string) => boolean;
}

/** Longer than any call that somebody would rehearse. */
const LONGEST_MS = 24 * 3_600_000;

/**
 * A call that never leaves the room: a scenario runs against a fake caller on a virtual clock. Time passes by itself while
 * something is heard or works; it stands still where the scenario waits for the caller or for the world, until `pass` is called.
 */
export class Rehearsal {
  readonly events: CallEvent[] = [];
  readonly clock: VirtualClock;
  readonly call: FakeCall;
  readonly #run: Run;
  readonly #answers: Answers;
  readonly #stopsAt: (node: string) => boolean;
  readonly #settled: () => Promise<void>;
  readonly #types: ReadonlyMap<string, NodeDefinition>;
  #prompts = 0;
  #stop: { readonly node: string; readonly goOn: () => void } | null = null;

  constructor(options: RehearsalOptions) {
    this.clock = new VirtualClock(options.now);
    this.#settled = options.settled ?? settle;
    this.#stopsAt = options.stopsAt ?? (() => false);
    this.#answers = new Answers((run) => this.#hold(run));
    for (const { node, outcome, output = {} } of options.ahead ?? []) this.#answers.give(node, { outcome, output });
    this.#types = catalogueOf(catalogue.map((definition) => this.#answers.rehearsed(definition)));
    const { from = '+37060000001', to = '1000', headers = {}, schedules = {} } = options;
    this.call = new FakeExchange({ clock: this.clock }).call({ from, to, headers });
    const compile = (document: ScenarioDocument): CompiledScenario => compileScenario(document, this.#types);
    this.#run = startRun({
      scenarioId: options.document.id,
      version: null,
      scenario: compile(options.document),
      channel: this.call,
      services: {
        clock: this.clock,
        http: {
          request: () => Promise.reject(inputError('http.no-connection', 'There is no network in a rehearsal.')),
        },
        schedules: {
          schedule: async (name) => {
            const schedule = schedules[name];
            if (schedule !== undefined) return schedule;
            throw inputError('schedule.not-found', `There is no schedule “${name}” in a rehearsal.`, { name });
          },
        },
        faxes: {
          build: ({ name }) => Promise.resolve({ document: name, pages: 1 }),
          queue: () => Promise.resolve({ id: 'rehearsed' }),
        },
      },
      scenarios: {
        find: async (scenario) => {
          const document = await options.find?.(scenario);
          return document ? compile(document) : null;
        },
      },
      parameters: options.parameters ?? {},
      onEvent: (event) => {
        this.events.push(event);
        if (event.name === 'prompt.started') this.#prompts += 1;
        if (event.name === 'prompt.ended') this.#prompts -= 1;
        options.onEvent?.(event);
      },
    });
  }

  get node(): string | null {
    return this.#run.node;
  }

  get variables(): JsonObject {
    return this.#run.variables;
  }

  /** Call data as expressions see it, with what is masked in `variables`: the author of a test knows the secrets of its caller. */
  get values(): JsonObject {
    return this.#run.values;
  }

  get ended(): boolean {
    return this.events.at(-1)?.name === 'run.ended';
  }

  /** Everything that the caller heard so far, as text. */
  get heard(): string {
    return this.call.caller.farEnd.transcript;
  }

  /** The node that waits for a callee or a web service, and what it can be told. */
  get question(): Question | null {
    return this.#answers.question;
  }

  /** The node that was entered and held up (`stopsAt`); null: nothing is. */
  get stoppedAt(): string | null {
    return this.#stop?.node ?? null;
  }

  /** Lets the node work that was held up. */
  async resume(): Promise<void> {
    this.#stop?.goOn();
    await this.#settled();
  }

  /** When something happens next by itself, in ms since the epoch; null: nothing does. */
  get next(): number | null {
    return this.clock.next() ?? null;
  }

  /** Whether the scenario waits for the caller, or for the world, and nothing is heard meanwhile. */
  get waiting(): boolean {
    if (this.node === null) return this.ended;
    if (this.#stop) return true;
    const entered = this.events.findLast((event) => event.name === 'node.entered');
    const definition = entered && this.#types.get(entered.type);
    // A conference and a callee can go on for ever with something to hear; everything else falls silent before it waits.
    if (definition?.waitsFor === 'far-end' || definition?.type === 'conference') return true;
    return definition?.waitsFor === 'caller' && this.#prompts === 0;
  }

  async press(digits: string): Promise<void> {
    this.call.caller.farEnd.press(digits);
    await this.#settled();
  }

  async hangUp(): Promise<void> {
    this.call.caller.farEnd.hangUp();
    await this.#settled();
  }

  async answer(node: string, outcome: string, output: JsonObject = {}): Promise<void> {
    this.#answers.give(node, { outcome, output });
    await this.#settled();
  }

  /** Lets so much time pass, whatever happens. */
  async pass(ms: number): Promise<void> {
    const end = this.clock.now() + ms;
    await this.#settled();
    for (let next = this.clock.next(); next !== undefined && next <= end; next = this.clock.next()) {
      this.clock.advanceTo(next);
      await this.#settled();
    }
    this.clock.advanceTo(end);
    await this.#settled();
  }

  /** Lets time pass until something is so; false when it is not so where the scenario waits, or ends. */
  async until(isSo: () => boolean): Promise<boolean> {
    const end = this.clock.now() + LONGEST_MS;
    await this.#settled();
    for (;;) {
      if (isSo()) return true;
      const next = this.clock.next();
      if (this.ended || this.waiting || next === undefined || next > end) return false;
      this.clock.advanceTo(next);
      await this.#settled();
    }
  }

  /** Null where nothing stops; a hang-up, or a command that leads elsewhere, goes through. */
  #hold({ signal }: NodeRun<unknown>): Promise<void> | null {
    // The run told so a moment ago; it may not exist for us yet, for the first node is entered while it is being made.
    const node = this.events.findLast((event) => event.name === 'node.entered')?.node ?? '';
    if (signal.aborted || !this.#stopsAt(node)) return null;
    return new Promise((resolve) => {
      const goOn = () => {
        signal.removeEventListener('abort', goOn);
        this.#stop = null;
        resolve();
      };
      this.#stop = { node, goOn };
      signal.addEventListener('abort', goOn, { once: true });
    });
  }

  /** Ends what still runs. */
  async close(): Promise<void> {
    await this.#run.stop();
  }
}
