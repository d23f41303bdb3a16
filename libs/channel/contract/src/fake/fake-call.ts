import type { Clock, Unsubscribe } from '@callwright/kernel';
import type { BridgeOptions, BridgeResult, CallChannel, DialOptions, DialResult, Leg } from '../channel.js';
import { ChannelTopic } from '../channel-topic.js';
import { parseDestination } from '../destination.js';
import { dialOutcome } from '../dial-outcome.js';
import { channelError } from '../errors.js';
import type { ChannelEvent } from '../events.js';
import type { CallCause, CallDirection, CallState, EndedBy, HangUpCause, Headers, LegName, Prompt } from '../words.js';
import { behave, type CalleeBehaviour, type DialRequest } from './callee.js';
import { FakeLeg, type LegHost } from './fake-leg.js';
import type { FakeMedia } from './fake-prompts.js';
import type { FakeRoom } from './fake-room.js';
import { Operation } from './operations/operation.js';
import type { Piece } from './sound.js';

/** What a fake call needs of the exchange that it is made by. */
export interface CallHost {
  readonly clock: Clock;
  pieces(prompt: Prompt, recordings: ReadonlyMap<string, FakeMedia>): readonly Piece[];
  room(workspaceId: string, name: string): FakeRoom;
  /** Throws `outbound.not-allowed`, `outbound.limit`. */
  checkPolicy(to: string): void;
  behaviour(request: DialRequest): CalleeBehaviour | Promise<CalleeBehaviour>;
  recorded(call: FakeCall, name: string, durationMs: number): void;
  /** Throws `fax.unavailable`. */
  requireFax(): void;
  /** Throws `fax.document-not-found`. */
  faxPages(document: string): number;
  faxReceived(call: FakeCall, document: string, pages: number): void;
}

export interface CallSetup {
  readonly id: string;
  readonly workspaceId: string;
  readonly direction: CallDirection;
  readonly from: string;
  readonly to: string;
  readonly headers: Headers;
  readonly earlyMedia: boolean;
}

/** A call without a network, driven by a clock. The far ends are in `caller.farEnd` and `leg(name).farEnd`. */
export class FakeCall implements CallChannel {
  readonly id: string;
  readonly workspaceId: string;
  readonly direction: CallDirection;
  readonly from: string;
  readonly to: string;
  readonly headers: Headers;
  readonly caller: FakeLeg;
  readonly #host: CallHost;
  readonly #topic = new ChannelTopic();
  readonly #events: ChannelEvent[] = [];
  readonly #recordings = new Map<string, FakeMedia>();
  readonly #claimed = new Set<string>();
  #legs: readonly FakeLeg[] = [];
  #state: CallState;
  #transferred = false;
  #cause: CallCause | null = null;

  constructor(host: CallHost, setup: CallSetup) {
    this.#host = host;
    this.id = setup.id;
    this.workspaceId = setup.workspaceId;
    this.direction = setup.direction;
    this.from = setup.from;
    this.to = setup.to;
    this.headers = setup.headers;
    const inbound = setup.direction === 'inbound';
    this.#state = inbound ? 'incoming' : 'calling';
    this.caller = this.#addLeg(
      'caller',
      inbound ? setup.from : setup.to,
      inbound ? 'incoming' : 'calling',
      setup.earlyMedia,
    );
  }

  get state(): CallState {
    return this.#state;
  }

  get cause(): CallCause | null {
    return this.#cause;
  }

  get legs(): readonly FakeLeg[] {
    return this.#legs;
  }

  /** Everything that it has told, also before somebody subscribed. */
  get events(): readonly ChannelEvent[] {
    return this.#events;
  }

  /** Names and lengths (ms) of the recordings that are complete. */
  get recordings(): ReadonlyMap<string, number> {
    return new Map([...this.#recordings].map(([name, { durationMs }]) => [name, durationMs]));
  }

  leg(name: LegName): FakeLeg | undefined {
    return this.#legs.find((leg) => leg.name === name && leg.state !== 'ended');
  }

  subscribe(listener: (event: ChannelEvent) => void): Unsubscribe {
    return this.#topic.subscribe(listener);
  }

  async dial(options: DialOptions, signal: AbortSignal): Promise<DialResult> {
    if (this.#state === 'ended') throw channelError('call.gone');
    if (!parseDestination(options.to)) throw channelError('call.bad-destination', { to: options.to });
    if (this.leg(options.leg)) throw channelError('call.leg-taken', { leg: options.leg });
    this.#host.checkPolicy(options.to);
    if (signal.aborted) return { outcome: 'cancelled', cause: 'cancelled' };

    const leg = this.#addLeg(options.leg, options.to, 'calling', true);
    const { earlyMedia } = options;
    if (earlyMedia?.to instanceof FakeLeg) earlyMedia.to.hearEarly(leg, earlyMedia.began);
    const operation = new Operation<DialResult>();
    operation.cleanup(leg.onAnswered(() => operation.finish(() => ({ outcome: 'answered', leg }))));
    operation.cleanup(leg.onEnded(() => operation.finish(() => dialOutcome(leg.farEnd.cause ?? 'failed'))));
    operation.onAbort(signal, () => leg.end('cancelled', 'system'));
    if (options.timeoutMs !== Infinity) {
      const { clock } = this.#host;
      operation.cleanup(clock.at(clock.now() + options.timeoutMs, () => leg.end('no-answer', 'system')));
    }
    this.#reach(leg, options).catch(() => leg.end('failed', 'system'));
    return operation.result;
  }

  /** For a call that we placed: lets its first leg reach its destination. */
  place(options: { from?: string | undefined; timeoutMs: number; headers: Headers }): void {
    const { clock } = this.#host;
    const giveUp = clock.at(clock.now() + options.timeoutMs, () => this.caller.end('no-answer', 'system'));
    this.caller.onAnswered(giveUp);
    this.caller.onEnded(giveUp);
    this.#reach(this.caller, { ...options, to: this.to }).catch(() => this.caller.end('failed', 'system'));
  }

  async bridge(a: Leg, b: Leg, options: BridgeOptions, signal: AbortSignal): Promise<BridgeResult> {
    if (!(a instanceof FakeLeg) || !(b instanceof FakeLeg)) throw channelError('call.wrong-state');
    const bridged = a.bridgeTo(b, signal, options.record);
    if (!options.transfer) return bridged;
    this.#handedOver(true);
    return bridged.finally(() => this.#handedOver(false));
  }

  async hangUp(cause: HangUpCause): Promise<void> {
    await this.caller.hangUp(cause);
  }

  async #reach(
    leg: FakeLeg,
    options: { to: string; from?: string | undefined; timeoutMs: number; headers: Headers },
  ): Promise<void> {
    const { to, from, timeoutMs, headers } = options;
    leg.farEnd.requestHeaders = headers;
    const { clock } = this.#host;
    const behaviour = await this.#host.behaviour({ callId: this.id, leg: leg.name, to, from, timeoutMs, headers });
    // Nothing happens at a far end before time goes on.
    leg.onEnded(clock.at(clock.now(), () => behave(leg, behaviour, clock)));
  }

  #addLeg(name: LegName, uri: string, state: 'incoming' | 'calling', earlyMedia: boolean): FakeLeg {
    const leg = new FakeLeg(this.#legHost(), { name, uri, state, earlyMedia });
    this.#legs = [...this.#legs, leg];
    this.#tell({ name: 'leg.added', leg: name, uri });
    return leg;
  }

  #legHost(): LegHost {
    return {
      clock: this.#host.clock,
      tell: (event) => this.#tell(event),
      pieces: (prompt) => this.#host.pieces(prompt, this.#recordings),
      requireFax: () => this.#host.requireFax(),
      faxPages: (document) => this.#host.faxPages(document),
      faxReceived: (document, pages) => this.#host.faxReceived(this, document, pages),
      room: (name) => this.#host.room(this.workspaceId, name),
      claimRecording: (name) => {
        if (this.#claimed.has(name)) throw channelError('call.recording-exists', { name });
        this.#claimed.add(name);
      },
      recorded: (name, durationMs, voice) => {
        this.#recordings.set(name, { durationMs, frequency: voice?.frequency ?? undefined });
        this.#host.recorded(this, name, durationMs);
      },
      legChanged: (leg) => {
        if (leg === this.caller) this.#follow();
      },
      legEnded: (leg, cause, by) => {
        if (leg === this.caller) this.#end(cause, by);
      },
    };
  }

  #handedOver(transferred: boolean): void {
    this.#transferred = transferred;
    this.#follow();
  }

  /** The state of a call is that of its first leg, or `transferred` while that one talks to whom it was handed over to. */
  #follow(): void {
    const { state } = this.caller;
    this.#setState(state === 'answered' && this.#transferred ? 'transferred' : state);
  }

  #setState(to: CallState): void {
    const from = this.#state;
    if (from === to) return;
    this.#state = to;
    this.#tell({ name: 'call.state-changed', from, to });
  }

  #end(cause: CallCause, endedBy: EndedBy): void {
    this.#cause = cause;
    for (const leg of this.#legs) leg.end(leg.hasBeenAnswered ? 'normal' : 'cancelled', 'system');
    this.#setState('ended');
    this.#tell({ name: 'call.channel-ended', cause, endedBy });
  }

  #tell(event: ChannelEvent): void {
    this.#events.push(event);
    this.#topic.tell(event);
  }
}
