import { Topic, type Clock } from '@callwright/kernel';
import type { CallChannel } from '../channel.js';
import { parseDestination } from '../destination.js';
import { channelError } from '../errors.js';
import type { SignallingMessage } from '../signalling.js';
import type {
  IncomingOffer,
  LegQuality,
  OriginateOptions,
  Supervision,
  Telephony,
  TelephonyHealth,
  TelephonyHost,
} from '../telephony.js';
import type { CallCause } from '../words.js';
import type { FakeCall } from './fake-call.js';
import { FakeExchange, type FakeExchangeOptions } from './fake-exchange.js';

export interface FakeTelephonyOptions extends Omit<FakeExchangeOptions, 'policy' | 'onRecorded'> {
  readonly clock: Clock;
  readonly host: TelephonyHost;
  /** Writes a recording's file; gives its size in bytes. Not given: recordings are told to the store with 0 bytes. */
  readonly writeRecording?: (file: { path: string; durationMs: number }) => Promise<number>;
}

/** What became of a call that a test placed. */
export type PlacedCall =
  | { readonly verdict: 'run'; readonly call: FakeCall }
  | { readonly verdict: 'phone'; readonly username: string }
  | { readonly verdict: 'refused'; readonly cause: CallCause; readonly retryAfterS?: number };

const REFUSAL: Readonly<Record<'not-found' | 'not-published' | 'no-capacity', CallCause>> = {
  'not-found': 'not-found',
  'not-published': 'unreachable',
  'no-capacity': 'rejected',
};

/** A media layer without a network, for tests of the process that hosts calls. */
export class FakeTelephony implements Telephony {
  readonly kind = 'embedded';
  readonly inBandDigits = { available: false, reason: 'there is no audio in tests' };
  readonly fax = { available: true };
  readonly exchange: FakeExchange;
  readonly #host: TelephonyHost;
  readonly #write: NonNullable<FakeTelephonyOptions['writeRecording']>;
  readonly #calls = new Set<FakeCall>();
  /** What supervisors hear: a test says it. */
  readonly sound = new Topic<{ readonly callId: string; readonly leg: string; readonly stereo: Int16Array }>();
  /** What supervisors see of each answered leg. */
  legQuality: LegQuality = { packetsSent: 100, packetsReceived: 99, packetsLost: 1, jitterMs: 2, roundTripMs: 20 };
  /** What was said of each call and is not told to the host yet: a test says it. */
  readonly signalling = new Map<string, readonly SignallingMessage[]>();
  readonly supervision: Supervision = {
    signalling: (callId) => this.signalling.get(callId) ?? [],
    quality: (callId, name) => Promise.resolve(this.#leg(callId, name)?.hasAudio ? this.legQuality : null),
    listen: (callId, name, listener) => {
      const leg = this.#leg(callId, name);
      if (!leg) throw channelError('call.gone', { leg: name });
      if (!leg.hasAudio) throw channelError('call.not-answered', { leg: name });
      const stops = [
        this.sound.subscribe(({ callId: id, leg: of, stereo }) => {
          if (id === callId && of === name) listener.heard(stereo);
        }),
        leg.call.subscribe((event) => {
          if (event.name !== 'leg.ended' || event.leg !== name) return;
          stop();
          listener.ended();
        }),
      ];
      const stop = () => stops.forEach((one) => one());
      return stop;
    },
  };
  #state: 'stopped' | 'ready' | 'draining' = 'stopped';
  #count = 0;
  /** How often phones and trunks were read anew. */
  refreshed = 0;
  /** The first thing that went wrong with a recording; a test should look at it. */
  recordingFailure: unknown = null;

  constructor({ host, writeRecording, ...exchange }: FakeTelephonyOptions) {
    this.#host = host;
    this.#write = writeRecording ?? (() => Promise.resolve(0));
    this.exchange = new FakeExchange({
      ...exchange,
      onRecorded: ({ call, name, durationMs }) => {
        this.#store(call, name, durationMs).catch((error: unknown) => (this.recordingFailure ??= error));
      },
    });
  }

  /** Tells the host what was said in the signalling of a call that is over. */
  tellSignalling(callId: string, messages: readonly SignallingMessage[]): void {
    this.signalling.delete(callId);
    this.#host.signalled(callId, messages);
  }

  start(): Promise<void> {
    this.#state = 'ready';
    return Promise.resolve();
  }

  /** Somebody calls. */
  async place(offer: Partial<IncomingOffer> & Pick<IncomingOffer, 'to'>): Promise<PlacedCall> {
    if (this.#state !== 'ready') return { verdict: 'refused', cause: 'rejected' };
    const whole: IncomingOffer = {
      callId: `fake-${(this.#count += 1)}`,
      from: '+37060000001',
      headers: {},
      phone: null,
      trunk: null,
      sourceAddress: '127.0.0.1',
      ...offer,
    };
    const admission = await this.#host.admit(whole);
    if (admission.verdict === 'phone') return { verdict: 'phone', username: admission.username };
    if (admission.verdict === 'refuse') {
      const { reason, retryAfterS } = admission;
      return { verdict: 'refused', cause: REFUSAL[reason], ...(retryAfterS === undefined ? {} : { retryAfterS }) };
    }
    const { callId, from, to, headers } = whole;
    const call = this.exchange.call({ id: callId, workspaceId: admission.workspaceId, from, to, headers });
    this.#keep(call);
    this.#host.accept(call, whole, admission.token);
    return { verdict: 'run', call };
  }

  async originate(options: OriginateOptions): Promise<CallChannel> {
    const { callId, workspaceId, to, from, timeoutMs, headers } = options;
    if (!parseDestination(to)) throw channelError('call.bad-destination', { to });
    await this.#host.route({ workspaceId, callId, to });
    const call = this.exchange.originate({
      id: callId,
      workspaceId,
      to,
      timeoutMs,
      headers,
      ...(from === undefined ? {} : { from }),
    });
    this.#keep(call);
    return call;
  }

  drain(): void {
    this.#state = 'draining';
  }

  async stop(): Promise<void> {
    this.#state = 'stopped';
    for (const call of [...this.#calls]) await call.hangUp('unavailable');
  }

  health(): TelephonyHealth {
    const reasons = { ready: [], draining: ['new calls are refused'], stopped: ['it is not started'] }[this.#state];
    return { ready: this.#state === 'ready', reasons, calls: this.#calls.size, address: '127.0.0.1:5060' };
  }

  refresh(): Promise<void> {
    this.refreshed += 1;
    return Promise.resolve();
  }

  #leg(callId: string, name: string) {
    const call = [...this.#calls].find(({ id }) => id === callId);
    const leg = call?.leg(name);
    return call && leg && { call, hasAudio: leg.hasAudio };
  }

  #keep(call: FakeCall): void {
    this.#calls.add(call);
    call.subscribe((event) => {
      if (event.name === 'call.channel-ended') this.#calls.delete(call);
    });
  }

  async #store(call: FakeCall, name: string, durationMs: number): Promise<void> {
    const request = { workspaceId: call.workspaceId, callId: call.id, name };
    const { path } = await this.#host.recordings.begin(request);
    const bytes = await this.#write({ path, durationMs });
    await this.#host.recordings.commit({ ...request, durationMs, bytes });
  }
}
