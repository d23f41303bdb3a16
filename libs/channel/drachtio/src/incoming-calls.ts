import { randomUUID } from 'node:crypto';
import type { Admission as Verdict, IncomingOffer, TelephonyHost, TrunkAccount } from '@callwright/channel-contract';
import {
  Call,
  canAnswer,
  type CallHost,
  type LegMedia,
  type Logger,
  type MediaParameters,
} from '@callwright/channel-embedded/calls';
import {
  answerOffer,
  dialledNumber,
  encodeUtf8,
  fromOf,
  offerWarning,
  parseSdp,
  parseUri,
  toOf,
  userOf,
  type SipRequest as ReadRequest,
} from '@callwright/sip';
import type { FreeswitchSession } from './media/freeswitch-session.js';
import type { SipRequest, SipResponse, Srf } from './packages.js';
import { IncomingLine } from './signalling/incoming-line.js';
import { readRequest } from './signalling/reading.js';

export interface OpenMedia {
  readonly session: FreeswitchSession;
  readonly media: LegMedia;
}

export interface IncomingCallsParts {
  readonly host: TelephonyHost;
  readonly callHost: CallHost;
  readonly logger: Logger;
  readonly trunkOf: (address: string) => TrunkAccount | null;
  readonly mediaMayReach: (peer: string, address: string) => boolean;
  readonly openMedia: (peer: string, parameters: MediaParameters | null) => Promise<OpenMedia>;
  /** Why no call is taken, and after how many seconds to come back; null: it is welcome. */
  readonly refusesFor: () => number | null;
  readonly began: (call: Call) => void;
}

const STATUS_OF_REFUSAL = { 'not-found': 404, 'not-published': 480, 'no-capacity': 503 } as const;

/** From an INVITE to a call: who calls, whom, whether it may, and the channel that the host runs its scenario on. */
export class IncomingCalls {
  readonly #parts: IncomingCallsParts;

  constructor(parts: IncomingCallsParts) {
    this.#parts = parts;
  }

  handle(srf: Srf, request: SipRequest, response: SipResponse): void {
    this.#handle(srf, request, response).catch((error: unknown) => {
      this.#parts.logger.error('An incoming call could not be handled.', {
        error: (error as Error).stack ?? String(error),
      });
      if (!response.finalResponseSent) response.send(500, {});
    });
  }

  async #handle(srf: Srf, request: SipRequest, response: SipResponse): Promise<void> {
    const { host, refusesFor, logger } = this.#parts;
    let cancelled = false;
    request.on('cancel', () => (cancelled = true));
    const wait = refusesFor();
    if (wait !== null) return response.send(503, { headers: { 'Retry-After': String(wait) } });
    const peer = request.source_address;
    const mayReach = (address: string) => this.#parts.mediaMayReach(peer, address);
    if (!request.body) {
      logger.warn('A caller wants our offer, which is not there with TELEPHONY=drachtio; it was refused.', { peer });
      return response.send(488, {});
    }
    const body = encodeUtf8(request.body);
    if (!canAnswer(body, mayReach)) return response.send(488, { headers: { Warning: offerWarning(body) } });
    const offer = await this.#offerOf(readRequest(request), request, response);
    if (!offer || cancelled) return;
    const verdict = await host.admit(offer);
    if (cancelled) return;
    if (verdict.verdict === 'refuse') return refuse(response, verdict);
    if (verdict.verdict === 'phone') return response.send(480, {});

    const call = new Call(this.#parts.callHost, {
      id: offer.callId,
      workspaceId: verdict.workspaceId,
      direction: 'inbound',
      from: offer.from,
      to: offer.to,
      headers: offer.headers,
      uri: fromOf(readRequest(request)).uriText,
    });
    this.#parts.began(call);
    await this.#connect(call, srf, request, response, body, () => cancelled);
    this.#accept(call, offer, verdict.token);
  }

  /** Gives the call its line and its media. A call that was admitted exists, also when this fails: the host hears how it ended. */
  async #connect(
    call: Call,
    srf: Srf,
    request: SipRequest,
    response: SipResponse,
    offer: Uint8Array,
    cancelled: () => boolean,
  ): Promise<void> {
    const { logger, openMedia, refusesFor } = this.#parts;
    const peer = request.source_address;
    let opened: OpenMedia;
    try {
      opened = await openMedia(peer, this.#foreseen(peer, offer));
    } catch (error) {
      logger.warn('No media for an incoming call.', { callId: call.id, error: String(error) });
      if (!cancelled()) response.send(503, { headers: { 'Retry-After': String(refusesFor() ?? 10) } });
      void call.caller.end('failed', 'system');
      return;
    }
    const { media, session } = opened;
    if (cancelled()) {
      media.close();
      void call.caller.end('cancelled', 'caller');
      return;
    }
    const leg = call.caller;
    leg.connect(new IncomingLine({ srf, request, response, leg, media, session, logger }), media);
  }

  /** What the answer will most likely settle: FreeSWITCH is told it at once and need not be told again. */
  #foreseen(peer: string, offer: Uint8Array): MediaParameters {
    const nobody = { address: '0.0.0.0', port: 9, direction: 'sendrecv', sessionId: 0, version: 0 } as const;
    const { agreed } = answerOffer(parseSdp(offer), { ...nobody, codecs: ['PCMU', 'PCMA'] }, (address) =>
      this.#parts.mediaMayReach(peer, address),
    );
    return { ...agreed, learn: 'anybody' };
  }

  #accept(call: Call, offer: IncomingOffer, token: unknown): void {
    try {
      this.#parts.host.accept(call, offer, token);
    } catch (error) {
      this.#parts.logger.error('The host could not take a call.', { callId: call.id, error: String(error) });
      void call.release('failed');
    }
  }

  /** What the host is asked; null when the request was answered already. */
  async #offerOf(read: ReadRequest, request: SipRequest, response: SipResponse): Promise<IncomingOffer | null> {
    const { host, trunkOf, logger } = this.#parts;
    const from = userOf(fromOf(read).uri) ?? '';
    const user = userOf(parseUri(read.uri)) ?? userOf(toOf(read).uri) ?? '';
    const to = dialledNumber(user) ?? user;
    // What only we may say is for nobody else to dial.
    if (to === '' || /^[a-z]+:/i.test(to)) {
      response.send(404, {});
      return null;
    }
    const trunk = trunkOf(request.source_address);
    // Nobody may call as a phone who has not proved to be it, and there is no proof here.
    if (!trunk && from !== '' && (await host.phone(from))) {
      logger.warn('A phone called, but phones are not there with TELEPHONY=drachtio; it was refused.', { from });
      response.send(403, {});
      return null;
    }
    return {
      callId: randomUUID(),
      headers: read.headers.toRecord(),
      sourceAddress: request.source_address,
      from: dialledNumber(from) ?? from,
      to,
      phone: null,
      trunk: trunk?.name ?? null,
    };
  }
}

function refuse(response: SipResponse, verdict: Extract<Verdict, { verdict: 'refuse' }>): void {
  const retryAfter = verdict.retryAfterS ?? 5 + Math.floor(Math.random() * 11);
  response.send(
    STATUS_OF_REFUSAL[verdict.reason],
    verdict.reason === 'no-capacity' ? { headers: { 'Retry-After': String(retryAfter) } } : {},
  );
}
