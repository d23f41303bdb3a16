import { isIPv4 } from 'node:net';
import {
  parseDestination,
  channelError,
  type CallChannel,
  type Headers,
  type OriginateOptions,
  type Route,
  type Supervision,
  type Telephony,
  type TelephonyHealth,
  type TelephonyHost,
  type TrunkAccount,
} from '@callwright/channel-contract';
import type { Clock } from '@callwright/kernel';
import { fromTagOf } from '@callwright/sip';
import { Admission, type AdmissionLimits } from './admission.js';
import { ConferenceRooms } from './conference.js';
import { EmbeddedCall, type CallHost } from './embedded-call.js';
import type { EmbeddedLeg } from './embedded-leg.js';
import { headerFields } from './header-fields.js';
import { IncomingCalls, isLoopback } from './incoming-calls.js';
import { LegMedia } from './leg-media.js';
import type { Logger } from './logger.js';
import { createMediaEngine } from './media/engine.js';
import type { MediaEngine } from './media/port.js';
import { OutgoingLine } from './outgoing-line.js';
import { ScenarioCalls } from './scenario-calls.js';
import { Authenticator } from './sip/authenticator.js';
import { PhoneRegistrar } from './sip/phone-registrar.js';
import { type DialogOf, SignallingTrace } from './sip/signalling-trace.js';
import { SystemClock } from './sip/system-clock.js';
import type { Peer } from './sip/transport/flow.js';
import { Sockets } from './sip/transport/sockets.js';
import { DnsResolver } from './sip/transport/resolver.js';
import { TrunkRegistrations } from './sip/trunk-registrations.js';
import { UserAgent } from './sip/user-agent.js';
import { Targets } from './targets.js';
import { fromValue, waysOf, type Way } from './ways.js';

export interface EmbeddedTelephonyOptions {
  readonly sipHost: string;
  /** 0: a free port. */
  readonly sipPort: number;
  /** What SDP and Contact say; otherwise the address of the route to the peer. */
  readonly publicAddress?: string | undefined;
  /** Whether an address may be reached: public ones, and private ones that are configured. */
  readonly egressAllowed: (address: string) => boolean;
  readonly logger: Logger;
  readonly host: TelephonyHost;
  readonly rtpPortMin: number;
  readonly rtpPortMax: number;
  /** Media worker threads; by default one a core. */
  readonly workers?: number;
  /** CIDRs of `EGRESS_ALLOW`, which media workers judge by themselves. */
  readonly egressAllow?: readonly string[];
  /** A file in which open sessions are kept: after a crash the next start says goodbye in them. */
  readonly journalPath?: string;
  /** Another media side than our own. */
  readonly media?: MediaEngine;
  /** No media for so long ends a call, in ms. */
  readonly mediaTimeoutMs?: number;
  /** Where new calls are refused; `ADMISSION_LIMITS` when absent. */
  readonly admission?: AdmissionLimits;
}

const MEDIA_TIMEOUT_MS = 60_000;
/** How long `stop` waits for far ends to say that they heard the goodbye. */
const GOODBYE_MS = 2000;
const GOODBYE_STEP_MS = 20;

/** The telephony of the default installation: our own SIP and RTP engine in this process. */
export class EmbeddedTelephony implements Telephony {
  readonly kind = 'embedded';
  readonly #options: EmbeddedTelephonyOptions;
  readonly #media: MediaEngine;
  readonly #clock: Clock = new SystemClock();
  readonly #trace: SignallingTrace;
  readonly #network: Sockets;
  readonly #admission: Admission;
  readonly #targets: Targets;
  readonly #userAgent: UserAgent;
  readonly #registrar: PhoneRegistrar;
  readonly #trunks: TrunkRegistrations;
  readonly #scenarios: ScenarioCalls;
  readonly #rooms = new ConferenceRooms();
  readonly #calls = new Map<string, EmbeddedCall>();
  readonly #callHost: CallHost;
  #trunkAccounts: readonly TrunkAccount[] = [];

  constructor(options: EmbeddedTelephonyOptions) {
    this.#options = options;
    const { sipHost, sipPort, publicAddress, logger, egressAllowed, host } = options;
    this.#media = options.media ?? ownMedia(options);
    const clock = this.#clock;
    const resolver = new DnsResolver();
    this.#trace = new SignallingTrace(clock, (callId, messages) => host.signalled(callId, messages));
    this.#network = new Sockets({ host: sipHost, port: sipPort, publicAddress, logger, tap: this.#trace });
    this.#admission = new Admission(this.#media, logger, options.admission);
    this.#targets = new Targets({ network: this.#network, resolver, egressAllowed });
    this.#scenarios = new ScenarioCalls(clock);
    const authenticator = new Authenticator(clock, (username) => host.phone(username));
    this.#registrar = new PhoneRegistrar(clock, authenticator, (change) => host.registrationChanged(change), logger);
    this.#callHost = {
      clock,
      logger,
      prompts: host.prompts,
      recordings: host.recordings,
      rooms: this.#rooms,
      faxes: { store: host.faxes, available: this.#media.fax },
      mediaTimeoutMs: options.mediaTimeoutMs ?? MEDIA_TIMEOUT_MS,
      route: (call, to) => host.route({ workspaceId: call.workspaceId, callId: call.id, to }),
      place: (call, leg, route, how) => this.#place(call, leg, route, how),
      ended: ({ id }) => {
        this.#calls.delete(id);
        this.#trace.ended(id);
      },
    };
    const incoming = new IncomingCalls({
      host,
      callHost: this.#callHost,
      logger,
      scenarios: this.#scenarios,
      authenticator,
      trunkOf: (address) => this.#targets.trunkOf(address, this.#trunkAccounts),
      isOurAddress: (address) => this.#isOurs(address),
      mediaMayReach: (peer, address, port) => this.#targets.mediaMayReach(peer, address, port),
      openMedia: (callId, flow) => this.#openMedia(callId, flow),
      refusesFor: () => this.#admission.refusesFor(),
      began: (call, request) => {
        this.#calls.set(call.id, call);
        const dialog = request.headers.get('Call-ID') ?? '';
        this.#traceDialog(call, 'caller', { dialog, fromTag: fromTagOf(request) ?? '', weInvite: false });
      },
    });
    this.#userAgent = new UserAgent({
      network: this.#network,
      resolver,
      clock,
      logger,
      egressAllowed,
      refusesFor: () => this.#admission.refusesFor(),
      invited: (invite) => incoming.handle(invite),
      register: (transaction) => this.#registrar.handle(transaction),
      journalPath: options.journalPath,
    });
    this.#trunks = new TrunkRegistrations({
      outbox: this.#userAgent.outbox,
      flowTo: async (trunk) => (await this.#targets.trunkFlows(trunk))[0] ?? null,
      changed: (change) => host.registrationChanged(change),
      logger,
    });
  }

  readonly supervision: Supervision = {
    signalling: (callId) => this.#trace.of(callId),
    quality: async (callId, leg) => (await this.#calls.get(callId)?.leg(leg)?.quality()) ?? null,
    listen: (callId, name, listener) => {
      const leg = this.#calls.get(callId)?.leg(name);
      if (!leg) throw channelError('call.gone', { leg: name });
      return leg.listen(listener);
    },
  };

  get inBandDigits(): Telephony['inBandDigits'] {
    return this.#media.inBandDigits;
  }

  get fax(): Telephony['fax'] {
    return this.#media.fax;
  }

  /** What is open now: for metrics, and for tests that nothing is left behind. */
  get open(): {
    readonly calls: number;
    readonly sessions: number;
    readonly servers: number;
    readonly clients: number;
    readonly rooms: number;
  } {
    return { calls: this.#calls.size, rooms: this.#rooms.size, ...this.#userAgent.size };
  }

  /** The port on which SIP is heard. */
  get sipPort(): number {
    return this.#network.port;
  }

  async start(): Promise<void> {
    await this.#media.start();
    await this.#userAgent.start();
    this.#admission.start();
    await this.refresh();
  }

  async originate(options: OriginateOptions): Promise<CallChannel> {
    const { callId, workspaceId, to, from, headers, timeoutMs } = options;
    if (!parseDestination(to)) throw channelError('call.bad-destination', { to });
    const route = await this.#options.host.route({ workspaceId, callId, to });
    const call = new EmbeddedCall(this.#callHost, {
      id: callId,
      workspaceId,
      direction: 'outbound',
      from: from ?? '',
      to,
      headers,
      uri: to,
    });
    this.#calls.set(callId, call);
    call.begin(route, { from, timeoutMs, headers });
    return call;
  }

  drain(): void {
    this.#admission.drain();
  }

  async stop(): Promise<void> {
    this.drain();
    await this.#trunks.stop();
    await Promise.all([...this.#calls.values()].map((call) => call.release('interrupted')));
    await this.#sayGoodbye();
    this.#admission.stop();
    this.#registrar.stop();
    await this.#userAgent.stop();
    this.#trace.stop();
    await this.#media.stop();
  }

  health(): TelephonyHealth {
    const { reasons } = this.#admission;
    const { sipHost, publicAddress } = this.#options;
    return {
      ready: reasons.length === 0,
      reasons,
      calls: this.#calls.size,
      address: `sip:${publicAddress ?? sipHost}:${this.#network.port}`,
    };
  }

  async refresh(): Promise<void> {
    this.#trunkAccounts = await this.#options.host.trunks();
    this.#targets.learn(this.#trunkAccounts);
    this.#trunks.update(this.#trunkAccounts);
    await this.#registrar.review((username) => this.#options.host.phone(username));
  }

  async #place(
    call: EmbeddedCall,
    leg: EmbeddedLeg,
    route: Route,
    how: { from?: string | undefined; headers: Headers },
  ): Promise<void> {
    const groups = await waysOf(route, call.workspaceId, {
      registrar: this.#registrar,
      outbox: this.#userAgent.outbox,
      targets: this.#targets,
      scenarios: this.#scenarios,
    });
    const first = groups[0]?.[0];
    if (leg.ended) return;
    if (!first) return void (await leg.end('unreachable', 'system'));
    const media = await this.#openMedia(call.id, first.flow);
    if (leg.ended) return media.close();
    const ownHost = await this.#network.addressFor(first.flow);
    const body = media.offer();
    const headers = headerFields(how.headers);
    const line = new OutgoingLine({
      leg,
      media,
      invite: (way: Way, handlers) => {
        const from = fromValue(how.from, way, ownHost);
        const { uri, flow, digest } = way;
        const invite = this.#userAgent.invite({ uri, from, flow, headers, body, digest }, handlers);
        this.#traceDialog(call, leg.name, { dialog: invite.callId, fromTag: invite.fromTag, weInvite: true });
        return invite;
      },
    });
    leg.connect(line, media);
    line.dial(groups);
  }

  #traceDialog(
    { id: callId }: EmbeddedCall,
    leg: string,
    dialog: Pick<DialogOf, 'dialog' | 'fromTag' | 'weInvite'>,
  ): void {
    // Of a call that has ended nothing more is told.
    if (this.#calls.has(callId)) this.#trace.bind({ callId, leg, ...dialog });
  }

  async #openMedia(callId: string, peer: Peer): Promise<LegMedia> {
    const peerAddress = peer.remoteAddress;
    const session = await this.#media.open({ callId, address: this.#options.sipHost });
    return new LegMedia({
      session,
      localAddress: await this.#network.addressFor(peer),
      peerAddress,
      mayReach: (address, port) => this.#targets.mediaMayReach(peerAddress, address, port),
      isDirect: (address) => this.#targets.mediaIsDirect(peerAddress, address),
      mayBeLoopback: (address) => isLoopback(peerAddress) || this.#options.egressAllowed(address),
    });
  }

  #isOurs(host: string): boolean {
    const { sipHost, publicAddress } = this.#options;
    return host === sipHost || host === publicAddress || host === 'localhost' || (isIPv4(host) && isLoopback(host));
  }

  /** Waits until every BYE and CANCEL is answered, but not for a far end that is dead. */
  async #sayGoodbye(): Promise<void> {
    for (let waited = 0; waited < GOODBYE_MS && this.#userAgent.busy; waited += GOODBYE_STEP_MS) {
      await new Promise((resolve) => setTimeout(resolve, GOODBYE_STEP_MS));
    }
  }
}

function ownMedia({
  sipHost,
  sipPort,
  rtpPortMin,
  rtpPortMax,
  workers,
  egressAllow,
  mediaTimeoutMs,
  logger,
}: EmbeddedTelephonyOptions): MediaEngine {
  return createMediaEngine({
    rtpPortMin,
    rtpPortMax,
    mediaTimeoutMs: mediaTimeoutMs ?? MEDIA_TIMEOUT_MS,
    sendAllowed: { allow: egressAllow ?? [], ownSip: sipPort === 0 ? [] : [{ address: sipHost, port: sipPort }] },
    logger,
    ...(workers === undefined ? {} : { workers }),
  });
}
