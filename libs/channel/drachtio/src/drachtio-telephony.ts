import { join } from 'node:path';
import {
  channelError,
  parseDestination,
  type CallChannel,
  type Headers,
  type OriginateOptions,
  type Route,
  type Telephony,
  type TelephonyHealth,
  type TelephonyHost,
  type TrunkAccount,
} from '@callwright/channel-contract';
import {
  Call,
  ConferenceRooms,
  DnsResolver,
  headerFields,
  LegMedia,
  SystemClock,
  type CallHost,
  type CallLeg,
  type Logger,
  type MediaParameters,
} from '@callwright/channel-embedded/calls';
import { isCallwrightError, messageOf } from '@callwright/kernel';
import { addressClass } from '@callwright/sip';
import { freeswitchUnreachable } from './errors.js';
import { IncomingCalls, type OpenMedia } from './incoming-calls.js';
import { NO_FAX } from './media/freeswitch-session.js';
import { LocalCourier } from './media/local-courier.js';
import { MediaServer } from './media/media-server.js';
import { loadPackages, type Packages } from './packages.js';
import { DrachtioServer } from './signalling/drachtio-server.js';
import { OutgoingLine } from './signalling/outgoing-line.js';
import { mediaMayReach } from './signalling/reach.js';
import { headerFieldsOf } from './signalling/reading.js';
import { waysOf } from './signalling/ways.js';

export interface ServerPlace {
  readonly host: string;
  readonly port: number;
}

/** `host:port`, as the configuration has it. */
export function placeOfServer(text: string): ServerPlace {
  const colon = text.lastIndexOf(':');
  return { host: text.slice(0, colon), port: Number(text.slice(colon + 1)) };
}

export interface DrachtioTelephonyOptions {
  readonly drachtio: ServerPlace & { readonly secret: string };
  /** In the order in which they are tried. */
  readonly freeswitches: readonly ServerPlace[];
  readonly freeswitchSecret: string;
  /** A folder of this process alone, which FreeSWITCH on this machine can read and write. */
  readonly mediaFolder: string;
  /** Whether an address may be reached: public ones, and private ones that are configured. */
  readonly egressAllowed: (address: string) => boolean;
  readonly logger: Logger;
  readonly host: TelephonyHost;
}

/** The media timeout is that of FreeSWITCH (`media_timeout` in its dialplan), which tells us when it is over. */
const MEDIA_TIMEOUT_MS = 1;
/** How long `stop` waits for FreeSWITCH to take leave of its legs. */
const GOODBYE_MS = 3_000;

/** Telephony over drachtio-server, which speaks SIP, and FreeSWITCH, which speaks RTP. */
export class DrachtioTelephony implements Telephony {
  readonly kind = 'drachtio';
  readonly inBandDigits = { available: false, reason: 'FreeSWITCH is told to hear RFC 4733 and INFO alone.' };
  readonly fax = { available: false, reason: NO_FAX };
  readonly #options: DrachtioTelephonyOptions;
  readonly #courier: LocalCourier;
  readonly #clock = new SystemClock();
  readonly #resolver = new DnsResolver();
  readonly #rooms = new ConferenceRooms();
  readonly #calls = new Map<string, Call>();
  readonly #callHost: CallHost;
  #drachtio: DrachtioServer | null = null;
  #media: MediaServer | null = null;
  #trunks: readonly TrunkAccount[] = [];
  #draining = false;

  constructor(options: DrachtioTelephonyOptions) {
    this.#options = options;
    const { host, logger } = options;
    this.#courier = new LocalCourier(join(options.mediaFolder, String(process.pid)));
    this.#callHost = {
      clock: this.#clock,
      logger,
      prompts: host.prompts,
      recordings: host.recordings,
      rooms: this.#rooms,
      faxes: { store: host.faxes, available: this.fax },
      mediaTimeoutMs: MEDIA_TIMEOUT_MS,
      route: (call, to) => host.route({ workspaceId: call.workspaceId, callId: call.id, to }),
      place: (call, leg, route, how) => this.#place(call, leg, route, how),
      ended: (call) => this.#calls.delete(call.id),
    };
  }

  /** What is open now: for metrics, and for tests that nothing is left behind. */
  get open(): { readonly calls: number; readonly sessions: number; readonly rooms: number } {
    return {
      calls: this.#calls.size,
      sessions: this.#media?.sessions ?? 0,
      rooms: this.#rooms.size + (this.#media?.rooms.size ?? 0),
    };
  }

  /** Where SIP is heard. */
  get sipAddress(): string {
    return this.#drachtio?.address ?? '';
  }

  async start(): Promise<void> {
    const { drachtio, host, logger } = this.#options;
    await this.#courier.start();
    const packages = await loadPackages();
    this.#drachtio = await DrachtioServer.connect({ ...drachtio, packages, logger });
    try {
      this.#media = await this.#firstMediaServer(packages, this.#drachtio);
    } catch (error) {
      this.#drachtio.close();
      throw error;
    }
    await this.refresh();
    const incoming = new IncomingCalls({
      host,
      callHost: this.#callHost,
      logger,
      trunkOf: (address) => this.#trunks.find((trunk) => trunk.host === address) ?? null,
      mediaMayReach: (peer, address) => mediaMayReach(this.#options.egressAllowed, peer, address),
      openMedia: (peer, parameters) => this.#openMedia(peer, parameters),
      refusesFor: () => (this.health().ready ? null : 10),
      began: (call) => this.#calls.set(call.id, call),
    });
    const { srf } = this.#drachtio;
    srf.use('invite', (request, response) => incoming.handle(srf, request, response));
    srf.use('options', (_request, response) => response.send(200, {}));
    srf.use('register', (_request, response) => {
      logger.warn('A phone wants to register, which is not there with TELEPHONY=drachtio; it was refused.');
      response.send(403, {});
    });
    srf.use('refer', (_request, response) => response.send(403, {}));
  }

  async originate(options: OriginateOptions): Promise<CallChannel> {
    const { callId, workspaceId, to, from, headers, timeoutMs } = options;
    if (!parseDestination(to)) throw channelError('call.bad-destination', { to });
    const route = await this.#options.host.route({ workspaceId, callId, to });
    const setup = { id: callId, workspaceId, direction: 'outbound', from: from ?? '', to, headers, uri: to } as const;
    const call = new Call(this.#callHost, setup);
    this.#calls.set(callId, call);
    call.begin(route, { from, timeoutMs, headers });
    return call;
  }

  drain(): void {
    this.#draining = true;
  }

  async stop(): Promise<void> {
    this.drain();
    await Promise.all([...this.#calls.values()].map((call) => call.release('interrupted')));
    for (let waited = 0; waited < GOODBYE_MS && this.open.sessions > 0; waited += 20)
      await new Promise((resolve) => setTimeout(resolve, 20));
    this.#media?.close();
    this.#drachtio?.close();
    await this.#courier.stop();
  }

  health(): TelephonyHealth {
    const reasons = [
      ...(this.#draining ? ['shutting down'] : []),
      ...(this.#drachtio?.connected ? [] : ['drachtio-server is not connected']),
      ...(this.#media?.connected ? [] : ['FreeSWITCH is not connected']),
    ];
    return { ready: reasons.length === 0, reasons, calls: this.#calls.size, address: `sip:${this.sipAddress}` };
  }

  async refresh(): Promise<void> {
    this.#trunks = await this.#options.host.trunks();
    for (const { id, register } of this.#trunks)
      this.#options.host.registrationChanged(
        register
          ? { kind: 'trunk', id, state: 'failed', reason: 'Registration is not there with TELEPHONY=drachtio.' }
          : { kind: 'trunk', id, state: 'static' },
      );
  }

  /** The first that answers has every call: a conference is in one FreeSWITCH. */
  async #firstMediaServer(packages: Packages, { srf }: DrachtioServer): Promise<MediaServer> {
    const { freeswitches, freeswitchSecret: secret, logger } = this.#options;
    const reasons: string[] = [];
    for (const place of freeswitches) {
      const name = `${place.host}:${place.port}`;
      if (addressClass(place.host) !== 'loopback') {
        reasons.push(`${name}: only a FreeSWITCH on this machine (127.0.0.1) can be used`);
        continue;
      }
      try {
        return await MediaServer.connect({ ...place, secret, packages, srf, courier: this.#courier, logger });
      } catch (error) {
        reasons.push(`${name}: ${messageOf(error)}`);
      }
    }
    throw freeswitchUnreachable(reasons);
  }

  async #place(
    call: Call,
    leg: CallLeg,
    route: Route,
    how: { from?: string | undefined; headers: Headers },
  ): Promise<void> {
    const { egressAllowed, logger } = this.#options;
    if (!this.#drachtio) throw freeswitchUnreachable(['not started']);
    const ownHost = this.sipAddress.split(':')[0] ?? 'localhost';
    let ways: Awaited<ReturnType<typeof waysOf>>;
    try {
      ways = await waysOf(route, { resolver: this.#resolver, egressAllowed, ownHost, caller: how.from });
    } catch (error) {
      if (!isCallwrightError(error)) throw error;
      logger.warn('A leg cannot be placed.', { callId: call.id, leg: leg.name, error: error.message });
      return void (await leg.end('failed', 'system'));
    }
    if (leg.ended) return;
    if (ways.length === 0) return void (await leg.end('unreachable', 'system'));
    const { session, media } = await this.#openMedia('', null);
    if (leg.ended) return media.close();
    const headers = headerFieldsOf(headerFields(how.headers));
    const line = new OutgoingLine({ srf: this.#drachtio.srf, leg, media, session, headers, logger });
    leg.connect(line, media);
    line.dial(ways);
  }

  /** `peer`: where the signalling comes from; empty for a leg that we place. */
  async #openMedia(peer: string, parameters: MediaParameters | null): Promise<OpenMedia> {
    if (!this.#media) throw freeswitchUnreachable(['not started']);
    const { egressAllowed } = this.#options;
    const session = await this.#media.open(parameters);
    const media = new LegMedia({
      session,
      localAddress: session.endpoint.mediaAddress,
      peerAddress: peer,
      mayReach: (address) => mediaMayReach(egressAllowed, peer, address),
      isDirect: () => true,
      mayBeLoopback: () => true,
    });
    return { session, media };
  }
}
