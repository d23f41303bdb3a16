import {
  dialOutcome,
  ChannelTopic,
  channelError,
  parseDestination,
  type BridgeOptions,
  type BridgeResult,
  type CallCause,
  type CallChannel,
  type CallDirection,
  type CallState,
  type ChannelEvent,
  type DialOptions,
  type DialResult,
  type EndedBy,
  type HangUpCause,
  type Headers,
  type Leg,
  type LegName,
  type Prompt,
  type PromptAudio,
  type PromptLibrary,
  type RecordingStore,
  type Route,
} from '@callwright/channel-contract';
import type { Clock, Unsubscribe } from '@callwright/kernel';
import { bridge } from './bridge.js';
import { letHearEarly } from './early-media.js';
import type { ConferenceRooms } from './conference.js';
import { EmbeddedLeg } from './embedded-leg.js';
import type { LegHost } from './leg-host.js';
import type { Voice } from './leg-operations.js';
import type { Logger } from './logger.js';

/** What a call needs of the engine. */
export interface CallHost {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly prompts: PromptLibrary;
  readonly recordings: RecordingStore;
  readonly rooms: ConferenceRooms;
  readonly faxes: LegHost['faxes'];
  readonly mediaTimeoutMs: number;
  /** Rejects with `outbound.not-allowed`, `outbound.limit`, `call.bad-destination`. */
  route(call: EmbeddedCall, to: string): Promise<Route>;
  /** Lets a leg reach its destination; the leg ends when it cannot. */
  place(
    call: EmbeddedCall,
    leg: EmbeddedLeg,
    route: Route,
    options: { from?: string | undefined; headers: Headers },
  ): Promise<void>;
  ended(call: EmbeddedCall): void;
}

export interface CallSetup {
  readonly id: string;
  readonly workspaceId: string;
  readonly direction: CallDirection;
  readonly from: string;
  readonly to: string;
  readonly headers: Headers;
  /** The far end of the first leg. */
  readonly uri: string;
}

/** One call over real SIP and RTP: its legs, its state, what it tells. */
export class EmbeddedCall implements CallChannel {
  readonly id: string;
  readonly workspaceId: string;
  readonly direction: CallDirection;
  readonly from: string;
  readonly to: string;
  readonly headers: Headers;
  readonly caller: EmbeddedLeg;
  readonly #host: CallHost;
  readonly #topic = new ChannelTopic();
  #legs: readonly EmbeddedLeg[] = [];
  /** Legs whose end is not told yet. */
  #open = 0;
  #state: CallState;
  #transferred = false;
  #cause: CallCause | null = null;
  #endedBy: EndedBy = 'system';
  #lastState: CallState;

  constructor(host: CallHost, setup: CallSetup) {
    this.#host = host;
    this.id = setup.id;
    this.workspaceId = setup.workspaceId;
    this.direction = setup.direction;
    this.from = setup.from;
    this.to = setup.to;
    this.headers = setup.headers;
    this.#state = setup.direction === 'inbound' ? 'incoming' : 'calling';
    this.#lastState = this.#state;
    this.caller = this.#addLeg('caller', setup.uri, setup.direction === 'outbound');
  }

  get state(): CallState {
    return this.#state;
  }

  get cause(): CallCause | null {
    return this.#cause;
  }

  get legs(): readonly EmbeddedLeg[] {
    return this.#legs;
  }

  leg(name: LegName): EmbeddedLeg | undefined {
    return this.#legs.find((leg) => leg.name === name && !leg.ended);
  }

  subscribe(listener: (event: ChannelEvent) => void): Unsubscribe {
    return this.#topic.subscribe(listener);
  }

  async dial(options: DialOptions, signal: AbortSignal): Promise<DialResult> {
    this.#requireDialable(options);
    const route = await this.#host.route(this, options.to);
    return this.dialRoute(route, options, signal);
  }

  /** Dials a route that policy has allowed. */
  async dialRoute(route: Route, options: DialOptions, signal: AbortSignal): Promise<DialResult> {
    this.#requireDialable(options);
    if (signal.aborted) return { outcome: 'cancelled', cause: 'cancelled' };
    const { clock } = this.#host;
    const leg = this.#addLeg(options.leg, options.to, true);
    if (options.earlyMedia) letHearEarly(leg, options.earlyMedia);
    const result = new Promise<DialResult>((resolve) => {
      leg.onAnswered(() => resolve({ outcome: 'answered', leg }));
      leg.onEnded(() => resolve(dialOutcome(leg.cause ?? 'failed')));
    });
    const onAbort = () => void leg.release('normal', 'cancelled');
    signal.addEventListener('abort', onAbort, { once: true });
    const stopTimer =
      options.timeoutMs === Infinity
        ? () => undefined
        : clock.at(clock.now() + options.timeoutMs, () => void leg.release('normal', 'no-answer'));
    await this.#place(leg, route, {
      from: options.from ?? (this.direction === 'inbound' ? this.from : undefined),
      headers: options.headers,
    });
    const outcome = await result;
    stopTimer();
    signal.removeEventListener('abort', onAbort);
    return outcome;
  }

  /** For a call that we placed: lets its first leg reach its destination. */
  begin(route: Route, options: { from?: string | undefined; timeoutMs: number; headers: Headers }): void {
    const { clock } = this.#host;
    const giveUp = clock.at(clock.now() + options.timeoutMs, () => void this.caller.release('normal', 'no-answer'));
    this.caller.onAnswered(giveUp);
    this.caller.onEnded(giveUp);
    void this.#place(this.caller, route, options);
  }

  async bridge(a: Leg, b: Leg, options: BridgeOptions, signal: AbortSignal): Promise<BridgeResult> {
    if (!(a instanceof EmbeddedLeg) || !(b instanceof EmbeddedLeg) || a === b) throw channelError('call.wrong-state');
    const handedOver = (transferred: boolean) => {
      this.#transferred = transferred;
      this.#follow();
    };
    const { record, stereo = false } = options;
    return bridge(a, b, { record, stereo, changed: options.transfer ? handedOver : () => undefined }, signal);
  }

  async hangUp(cause: HangUpCause): Promise<void> {
    await this.caller.hangUp(cause);
  }

  /** Ends it for a reason of ours. */
  async release(cause: CallCause): Promise<void> {
    await this.caller.release('unavailable', cause);
  }

  async #place(
    leg: EmbeddedLeg,
    route: Route,
    options: { from?: string | undefined; headers: Headers },
  ): Promise<void> {
    try {
      await this.#host.place(this, leg, route, options);
    } catch (error) {
      this.#host.logger.warn('A leg could not be placed.', { callId: this.id, leg: leg.name, error: String(error) });
      await leg.end('failed', 'system');
    }
  }

  #requireDialable(options: DialOptions): void {
    if (this.#state === 'ended') throw channelError('call.gone');
    if (!parseDestination(options.to)) throw channelError('call.bad-destination', { to: options.to });
    if (this.leg(options.leg)) throw channelError('call.leg-taken', { leg: options.leg });
  }

  #addLeg(name: LegName, uri: string, placedByUs: boolean): EmbeddedLeg {
    const leg = new EmbeddedLeg(this.#legHost(), { name, uri, placedByUs });
    this.#legs = [...this.#legs, leg];
    this.#open += 1;
    this.#tell({ name: 'leg.added', leg: name, uri });
    return leg;
  }

  #legHost(): LegHost {
    const { clock, logger, recordings, rooms, faxes, mediaTimeoutMs } = this.#host;
    return {
      callId: this.id,
      workspaceId: this.workspaceId,
      clock,
      logger,
      recordings,
      rooms,
      faxes,
      mediaTimeoutMs,
      tell: (event) => this.#tell(event),
      audio: (prompt, voice) => this.#audio(prompt, voice),
      legChanged: (leg) => {
        if (leg === this.caller) this.#follow();
      },
      legEnding: (leg, cause, by) => {
        if (leg !== this.caller) return;
        this.#state = 'ended';
        this.#cause = cause;
        this.#endedBy = by;
        for (const other of this.#legs)
          if (other !== leg && !other.ended) void other.release('normal', other.isAnswered ? 'normal' : 'cancelled');
      },
      legEnded: () => {
        this.#open -= 1;
        if (this.#open === 0 && this.#state === 'ended') this.#tellEnd();
      },
    };
  }

  async #audio(prompt: Prompt, voice: Voice): Promise<readonly PromptAudio[]> {
    const context = { workspaceId: this.workspaceId, callId: this.id, ...voice };
    return Promise.all(prompt.map((part) => this.#host.prompts.audio(part, context)));
  }

  /** The state of a call is that of its first leg, or `transferred` while that one talks to whom it was handed over to. */
  #follow(): void {
    const { state } = this.caller;
    this.#setState(state === 'answered' && this.#transferred ? 'transferred' : state);
  }

  #setState(to: CallState): void {
    if (this.#state === to || this.#state === 'ended') return;
    const from = this.#state;
    this.#state = to;
    this.#lastState = to;
    this.#tell({ name: 'call.state-changed', from, to });
  }

  /** A listener that fails is a fault of its own; the call goes on, and its legs are released in the end. */
  #tell(event: ChannelEvent): void {
    try {
      this.#topic.tell(event);
    } catch (error) {
      this.#host.logger.error('A listener of a call failed.', {
        callId: this.id,
        event: event.name,
        error: String(error),
      });
    }
  }

  #tellEnd(): void {
    this.#tell({ name: 'call.state-changed', from: this.#lastState, to: 'ended' });
    this.#tell({ name: 'call.channel-ended', cause: this.#cause ?? 'failed', endedBy: this.#endedBy });
    this.#host.ended(this);
  }
}
