import type { CallwrightError } from '@callwright/kernel';
import { isCallwrightError, messageOf } from '@callwright/kernel';
import type { CallChannel, ConferenceOptions, DialOptions, PlayOptions, RecordOptions } from '../channel.js';
import type { ChannelErrorCode } from '../errors.js';
import type { ChannelEvent, ChannelEventName } from '../events.js';
import type { Prompt } from '../words.js';
import type { Callee, ChannelHarness, Expectation, FarEnd, IncomingCall } from './harness.js';

/** How long the suite waits for something that must happen. */
const PATIENCE_MS = 20_000;
const STEP_MS = 10;

/** How long an operation may take to end after its signal or its leg did. */
export const PROMPT_END_MS = 100;

export const PLAY: PlayOptions = { bargeIn: true, loop: 1 };
export const DEAF: PlayOptions = { bargeIn: false, loop: 1 };
export const RECORD: RecordOptions = { name: 'message', maxMs: 10_000, silenceMs: 0, terminators: [], beep: false };
export const CONFERENCE: ConferenceOptions = {
  room: 'sales',
  startOnEntry: true,
  endOnExit: false,
  exitKeys: ['*'],
  muteKey: null,
  unmuteKey: null,
  waitMusic: [],
  namePrefix: [],
  entry: [],
  exit: [],
  talk: true,
  listen: true,
};

export const never = (): AbortSignal => new AbortController().signal;

/** What every rule works at: a harness, what it expects, and calls that are cleared away afterwards. */
export class Bench {
  readonly harness: ChannelHarness;
  readonly expect: (actual: unknown, message?: string) => Expectation;
  readonly #channels: CallChannel[] = [];
  readonly #events = new WeakMap<CallChannel, ChannelEvent[]>();
  #rooms = 0;

  constructor(harness: ChannelHarness, expect: (actual: unknown, message?: string) => Expectation) {
    this.harness = harness;
    this.expect = expect;
  }

  /** A call that nobody has answered yet. */
  async incoming(options?: Parameters<ChannelHarness['call']>[0]): Promise<IncomingCall> {
    const call = await this.harness.call(options);
    this.#watch(call.channel);
    return call;
  }

  async answered(): Promise<IncomingCall> {
    const call = await this.incoming();
    await this.soon(call.channel.caller.answer({ headers: {} }));
    await this.until(() => call.caller.state === 'answered');
    return call;
  }

  async originated(callee: Callee): Promise<CallChannel> {
    const channel = await this.harness.originate(callee.to);
    this.#watch(channel);
    return channel;
  }

  /** A call with a second leg `agent`, both answered, not connected. */
  async withAgent(): Promise<IncomingCall & { agent: FarEnd }> {
    const call = await this.answered();
    const callee = await this.harness.callee('answers');
    const dialled = await this.soon(this.dial(call.channel, callee.to));
    this.expect(dialled.outcome).toBe('answered');
    return { ...call, agent: await this.soon(callee.reached()) };
  }

  dial(
    channel: CallChannel,
    to: string,
    { signal = never(), ...options }: Partial<DialOptions> & { signal?: AbortSignal } = {},
  ) {
    return channel.dial({ leg: 'agent', to, timeoutMs: 10_000, headers: {}, ...options }, signal);
  }

  /** A room name that no other rule uses. */
  room(): string {
    this.#rooms += 1;
    return `room-${this.#rooms}-${Math.floor(this.harness.now())}`;
  }

  tone(frequency: number, durationMs: number): Prompt {
    return [this.harness.tone(frequency, durationMs)];
  }

  events(channel: CallChannel): readonly ChannelEvent[] {
    return this.#events.get(channel) ?? [];
  }

  names(channel: CallChannel): readonly ChannelEventName[] {
    return this.events(channel).map((event) => event.name);
  }

  event<Name extends ChannelEventName>(channel: CallChannel, name: Name): Extract<ChannelEvent, { name: Name }> {
    const found = this.events(channel).find((event) => event.name === name);
    if (!found) throw new Error(`${name} was not told; told were ${this.names(channel).join(', ')}`);
    return found as Extract<ChannelEvent, { name: Name }>;
  }

  wait(ms: number): Promise<void> {
    return this.harness.wait(ms);
  }

  /** Lets time pass until a promise has settled, and gives what it gave. */
  async soon<T>(promise: Promise<T>, withinMs = PATIENCE_MS): Promise<T> {
    let settled = false;
    const mark = () => {
      settled = true;
    };
    promise.then(mark, mark);
    await this.until(() => settled, withinMs);
    return promise;
  }

  /** Lets time pass until something holds. */
  async until(holds: () => boolean, withinMs = PATIENCE_MS): Promise<void> {
    const end = this.harness.now() + withinMs + this.harness.toleranceMs;
    await this.harness.wait(0);
    while (!holds()) {
      if (this.harness.now() >= end) throw new Error(`This did not happen within ${withinMs} ms: ${holds.toString()}`);
      await this.harness.wait(STEP_MS);
    }
  }

  /** How long something took. */
  async timed<T>(work: () => Promise<T>): Promise<{ value: T; ms: number }> {
    const began = this.harness.now();
    const value = await this.soon(work());
    return { value, ms: this.harness.now() - began };
  }

  about(actual: number, expected: number, slackMs = STEP_MS): void {
    const slack = slackMs + this.harness.toleranceMs;
    this.expect(actual).toBeGreaterThanOrEqual(expected - slack);
    this.expect(actual).toBeLessThanOrEqual(expected + slack);
  }

  /** The promise rejects with that code. */
  async refuses(promise: Promise<unknown>, code: ChannelErrorCode): Promise<CallwrightError> {
    let thrown: unknown = null;
    await this.soon(promise).catch((error: unknown) => (thrown = error));
    if (!isCallwrightError(thrown))
      throw new Error(`Expected ${code}, got ${thrown === null ? 'no error' : messageOf(thrown)}`);
    this.expect(thrown.code).toBe(code);
    return thrown;
  }

  /** After a rule: every call is ended, and has told so. */
  async clear(): Promise<void> {
    for (const channel of this.#channels.splice(0)) {
      await this.soon(channel.hangUp('normal'));
      await this.until(() => this.names(channel).at(-1) === 'call.channel-ended');
    }
  }

  #watch(channel: CallChannel): void {
    const events: ChannelEvent[] = [];
    this.#channels.push(channel);
    this.#events.set(channel, events);
    channel.subscribe((event) => events.push(event));
  }
}

/** One promise of `channel.ts`, with the way to see that it is kept. */
export interface Rule {
  /** `prompts/barge-in`: gaps name it. */
  readonly id: string;
  readonly promise: string;
  readonly check: (bench: Bench) => Promise<void>;
}

export const rule = (id: string, promise: string, check: (bench: Bench) => Promise<void>): Rule => ({
  id,
  promise,
  check,
});
