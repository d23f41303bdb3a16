import type { CallChannel } from '../channel.js';
import type { CallCause, Headers, PromptPart } from '../words.js';

/** What an adapter's test gives the suite: far ends that can be told what to do, and a way to let time pass. */
export interface ChannelHarness {
  /** Before the first rule: sockets, workers, accounts. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Lets time pass: really, or on a virtual clock together with everything that promises set off. */
  wait(ms: number): Promise<void>;
  /** Ms on the clock that `wait` moves. */
  now(): number;
  /** How much earlier or later than promised things may be seen, in ms: 0 on a virtual clock, what the network and the machine need otherwise. */
  readonly toleranceMs: number;

  /** Somebody calls; resolves when the channel stands, before anything was done with it. All calls are of one workspace. */
  call(options?: { readonly headers?: Headers }): Promise<IncomingCall>;
  /** We place a call to a destination of `callee`. */
  originate(to: string): Promise<CallChannel>;
  /** A destination that nobody else has. */
  callee(behaviour: Behaviour): Promise<Callee>;
  /** Destinations that policy refuses. The fax document `one-page` exists, and has one page. */
  readonly refused: { readonly notAllowed: string; readonly limit: string };
  /** A prompt part that sounds with this pitch (400–1,600 Hz) for so long, such as a media file. */
  tone(frequency: number, durationMs: number): PromptPart;
}

export interface IncomingCall {
  readonly channel: CallChannel;
  readonly caller: FarEnd;
}

/** `rings`: until told to answer, or for ever. */
export type Behaviour = 'answers' | 'rings' | 'busy' | 'declines' | 'not-found';

export interface Callee {
  readonly to: string;
  /** The far end of the last call that reached it; waits for one. */
  reached(): Promise<FarEnd>;
}

/** A phone in the hands of the suite. */
export interface FarEnd {
  /** `calling`: it hears nothing of us yet (or rings itself, when we call it). */
  readonly state: 'calling' | 'ringing' | 'answered' | 'ended';
  /** Why it was told that the call ended; null while it lives, when it hung up itself, and for an end after the answer. */
  readonly refusal: CallCause | null;
  readonly requestHeaders: Headers;
  readonly answerHeaders: Headers;
  /** Digits that were sent to it. */
  readonly digitsHeard: string;
  /** Text messages that it took. */
  readonly messages: readonly string[];
  answer(): Promise<void>;
  /** Hangs up, gives up (caller) or declines (callee). */
  hangUp(): Promise<void>;
  /** Presses keys one after the other; resolves when the last is let go. */
  press(digits: string): Promise<void>;
  /** Begins to sound with this pitch for so long; who rings does so before the answer (early media). */
  talk(frequency: number, durationMs: number): void;
  hold(): Promise<void>;
  resume(): Promise<void>;
  sendMessage(text: string): Promise<void>;
  refuseMessages(): void;
  /** From now on it refuses to be put on hold or taken back. */
  refuseHold(): void;
  /** Sounds as a calling fax machine does (1,100 Hz for half a second, time and again). */
  soundFax(tone: 'cng'): void;
  /** From now on it is a fax machine: it receives what is sent to it, and sends one page to who receives. */
  beFaxMachine(): void;
  /** How long it has heard this pitch in all so far, in ms, as well as it can be measured (frames of 20 ms). */
  heardMs(frequency: number): number;
}

/** Of a test runner (Vitest) what the suite uses; handed in, so that this project does not depend on one. */
export interface TestApi {
  describe(name: string, body: () => void): void;
  it: {
    (name: string, body: () => Promise<void>, timeoutMs?: number): void;
    skip(name: string, body?: () => Promise<void>): void;
  };
  beforeAll(body: () => Promise<void>): void;
  afterAll(body: () => Promise<void>): void;
  expect(actual: unknown, message?: string): Expectation;
}
export interface Expectation {
  toBe(expected: unknown): void;
  toEqual(expected: unknown): void;
  toMatchObject(expected: object): void;
  toContain(expected: unknown): void;
  toBeGreaterThanOrEqual(expected: number): void;
  toBeLessThanOrEqual(expected: number): void;
}
