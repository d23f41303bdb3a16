import { VirtualClock, messageOf, type Json, type JsonObject } from '@callwright/kernel';
import type { CallEvent } from '@callwright/runtime';
import { Rehearsal, type Question, type Step } from '@callwright/runtime/rehearsal';
import type { ScenarioDocument } from '@callwright/scenario';
import { createStore } from 'zustand/vanilla';
import { settled } from './settled.js';
import { TestRecorder } from './testRecorder.js';

/** How the call that is tried comes in. */
export interface CallSetup {
  readonly from: string;
  readonly to: string;
  /** ISO 8601; null: now. */
  readonly now: string | null;
  readonly parameters: JsonObject;
}

/** What a scenario may ask for that does not stand in its own document. */
export interface Surroundings {
  readonly scenarios: ReadonlyMap<string, ScenarioDocument>;
  readonly schedules: Readonly<Record<string, Json>>;
}

/** `quick`: time passes by itself while something is heard, and stands still where somebody must do something. `real`: a second is a second. */
export type Pace = 'quick' | 'real';

/** Something that the caller said: a voice is no event of the log. */
export interface Remark {
  /** After this event (`seq`). */
  readonly after: number;
  readonly text: string;
}

export interface TryOutState {
  readonly phase: 'idle' | 'running' | 'ended';
  /** Why it cannot be tried. */
  readonly problem: string | null;
  /** What runs: as it was drawn when the call came in. */
  readonly document: ScenarioDocument | null;
  readonly setup: CallSetup | null;
  readonly events: readonly CallEvent[];
  readonly remarks: readonly Remark[];
  readonly node: string | null;
  readonly waiting: boolean;
  readonly question: Question | null;
  readonly stoppedAt: string | null;
  readonly startedAt: number;
  readonly now: number;
  /** When something happens next by itself; null: nothing does. */
  readonly next: number | null;
  readonly variables: JsonObject;
  readonly pace: Pace;
  readonly breakpoints: ReadonlySet<string>;
}

const IDLE: TryOutState = {
  phase: 'idle',
  problem: null,
  document: null,
  setup: null,
  events: [],
  remarks: [],
  node: null,
  waiting: false,
  question: null,
  stoppedAt: null,
  startedAt: 0,
  now: 0,
  next: null,
  variables: {},
  pace: 'quick',
  breakpoints: new Set(),
};

/** So long a step of a quick run stays to be seen. */
const LOOK_MS = 140;
const FRAME_MS = 50;
const MS_PER_CHARACTER = 70;

/** A call in the page: the scenario runs here, against a caller who presses buttons of this page. */
export class TryOut {
  readonly store = createStore<TryOutState>()(() => IDLE);
  #rehearsal: Rehearsal | null = null;
  #recorder: TestRecorder | null = null;
  /** The run that drives; a newer one ends it. */
  #turn = 0;
  #stepping = false;
  #skipping = false;

  get recorder(): TestRecorder | null {
    return this.#recorder;
  }

  call(document: ScenarioDocument, setup: CallSetup, surroundings: Surroundings): void {
    this.#drop();
    const startedAt = setup.now === null ? Date.now() : Date.parse(setup.now);
    const { pace, breakpoints } = this.store.getState();
    const begun: TryOutState = {
      ...IDLE,
      pace,
      breakpoints,
      phase: 'running',
      document,
      setup,
      startedAt,
      now: startedAt,
    };
    this.store.setState(begun, true);
    this.#recorder = new TestRecorder(startedAt);
    try {
      this.#rehearsal = new Rehearsal({
        document,
        now: startedAt,
        from: setup.from,
        to: setup.to,
        parameters: setup.parameters,
        find: (scenario) => Promise.resolve(surroundings.scenarios.get(scenario) ?? null),
        schedules: surroundings.schedules,
        settled,
        stopsAt: (node) => this.#stepping || this.store.getState().breakpoints.has(node),
      });
    } catch (error) {
      this.store.setState({ phase: 'ended', problem: messageOf(error) });
      return;
    }
    this.#go();
  }

  press(digits: string): Promise<void> {
    return this.#act({ press: digits }, (rehearsal) => rehearsal.press(digits));
  }

  hangUp(): Promise<void> {
    return this.#act({ hangUp: true }, (rehearsal) => rehearsal.hangUp());
  }

  answer(node: string, outcome: string, output: JsonObject): Promise<void> {
    const step = Object.keys(output).length > 0 ? { node, outcome, output } : { node, outcome };
    return this.#act({ answer: step }, (rehearsal) => rehearsal.answer(node, outcome, output));
  }

  /** The caller says something, for as long as it takes to say it. */
  async say(text: string): Promise<void> {
    const rehearsal = this.#rehearsal;
    if (!rehearsal || rehearsal.ended) return;
    const after = rehearsal.events.at(-1)?.seq ?? 0;
    this.store.setState({ remarks: [...this.store.getState().remarks, { after, text }] });
    this.#recorder?.talked(rehearsal.node);
    rehearsal.call.caller.farEnd.talk(Math.max(1000, text.length * MS_PER_CHARACTER), { saying: text });
    await settled();
    this.#go();
  }

  /** Lets time pass to the next thing that happens by itself. */
  skip(): void {
    this.#skipping = true;
    this.#go();
  }

  /** Goes on to the next node, and stops there. */
  step(): void {
    this.#stepping = true;
    this.#resume();
  }

  /** Stops at the next node. */
  pause(): void {
    this.#stepping = true;
  }

  goOn(): void {
    this.#stepping = false;
    this.#resume();
  }

  setPace(pace: Pace): void {
    this.store.setState({ pace });
    this.#go();
  }

  toggleBreakpoint(node: string): void {
    const breakpoints = new Set(this.store.getState().breakpoints);
    if (!breakpoints.delete(node)) breakpoints.add(node);
    this.store.setState({ breakpoints });
  }

  /** Back to the form, as if nobody had called. */
  reset(): void {
    this.#drop();
    const { pace, breakpoints } = this.store.getState();
    this.store.setState({ ...IDLE, pace, breakpoints }, true);
  }

  close(): void {
    this.#drop();
  }

  #drop(): void {
    this.#turn += 1;
    this.#stepping = false;
    this.#skipping = false;
    const rehearsal = this.#rehearsal;
    this.#rehearsal = null;
    if (rehearsal && !rehearsal.ended) void end(rehearsal);
  }

  async #act(step: Step, work: (rehearsal: Rehearsal) => Promise<void>): Promise<void> {
    const rehearsal = this.#rehearsal;
    if (!rehearsal || rehearsal.ended) return;
    this.#recorder?.act(step, rehearsal.events, rehearsal.clock.now());
    await work(rehearsal);
    this.#go();
  }

  #resume(): void {
    const rehearsal = this.#rehearsal;
    if (!rehearsal) return;
    void rehearsal.resume().then(() => this.#go());
  }

  #go(): void {
    this.#turn += 1;
    const rehearsal = this.#rehearsal;
    if (rehearsal) void this.#drive(rehearsal, this.#turn);
  }

  async #drive(rehearsal: Rehearsal, turn: number): Promise<void> {
    await settled();
    for (;;) {
      if (turn !== this.#turn) return;
      this.#show(rehearsal);
      if (rehearsal.ended || rehearsal.stoppedAt !== null) return;
      const now = rehearsal.clock.now();
      const { next } = rehearsal;
      if (next === null) return;
      const { pace } = this.store.getState();
      const { waiting } = rehearsal;
      const before = rehearsal.events.length;
      if (pace === 'quick' || this.#skipping) {
        if (waiting && !this.#skipping) return;
        await rehearsal.pass(Math.max(0, next - now));
        // A timer of which nothing can be seen is no end of a skip.
        if (rehearsal.events.length > before) this.#skipping = false;
      } else {
        await pause(FRAME_MS);
        if (turn !== this.#turn) return;
        await rehearsal.pass(Math.min(FRAME_MS, Math.max(0, next - now)));
      }
      const happened = rehearsal.events.length > before;
      if (waiting && happened) this.#recorder?.waited();
      if (happened && pace === 'quick') {
        if (turn !== this.#turn) return;
        this.#show(rehearsal);
        await pause(LOOK_MS);
      }
    }
  }

  #show(rehearsal: Rehearsal): void {
    const { events, node, waiting, question, stoppedAt, next, variables } = rehearsal;
    this.store.setState({
      phase: rehearsal.ended ? 'ended' : 'running',
      events: [...events],
      node,
      waiting,
      question,
      stoppedAt,
      next,
      variables,
      now: rehearsal.clock.now(),
    });
  }
}

/** A run that nobody looks at any more: its time passes until everything that it waits for has given up. */
async function end(rehearsal: Rehearsal): Promise<void> {
  const closed = rehearsal.close();
  if (rehearsal.clock instanceof VirtualClock) await rehearsal.pass(120_000);
  await closed;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
