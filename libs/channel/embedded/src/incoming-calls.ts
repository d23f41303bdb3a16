import { randomUUID } from 'node:crypto';
import type { Admission as Verdict, IncomingOffer, TelephonyHost, TrunkAccount } from '@callwright/channel-contract';
import {
  addressClass,
  dialledNumber,
  fromOf,
  offerWarning,
  parseUri,
  type SipRequest,
  toOf,
  userOf,
  type Uri,
} from '@callwright/sip';
import { EmbeddedCall, type CallHost } from './embedded-call.js';
import { IncomingLine } from './incoming-line.js';
import { canAnswer, type LegMedia } from './leg-media.js';
import type { Logger } from './logger.js';
import { ringPhone } from './phone-call.js';
import type { ScenarioCalls } from './scenario-calls.js';
import type { Authenticator } from './sip/authenticator.js';
import type { Peer } from './sip/transport/flow.js';
import type { IncomingInvite } from './sip/incoming-invite.js';

export interface IncomingCallsParts {
  readonly host: TelephonyHost;
  readonly callHost: CallHost;
  readonly logger: Logger;
  readonly scenarios: ScenarioCalls;
  readonly authenticator: Authenticator;
  /** The trunk that a call from an address belongs to. */
  readonly trunkOf: (address: string) => TrunkAccount | null;
  readonly isOurAddress: (host: string) => boolean;
  readonly mediaMayReach: (peer: string, address: string, port: number) => boolean;
  readonly openMedia: (callId: string, peer: Peer) => Promise<LegMedia>;
  /** Null: a call is welcome; otherwise the seconds after which to come back. */
  readonly refusesFor: () => number | null;
  readonly began: (call: EmbeddedCall, request: SipRequest) => void;
}

const STATUS_OF_REFUSAL = { 'not-found': 404, 'not-published': 480, 'no-capacity': 503 } as const;

/** From an INVITE to a call: who calls, whom, whether it may, and the channel that the host runs its scenario on. */
export class IncomingCalls {
  readonly #parts: IncomingCallsParts;

  constructor(parts: IncomingCallsParts) {
    this.#parts = parts;
  }

  handle(invite: IncomingInvite): void {
    // Until there is a call a caller who gives up leaves nothing behind.
    invite.handlers = { cancelled: () => undefined };
    this.#handle(invite).catch((error: unknown) => {
      this.#parts.logger.error('An incoming call could not be handled.', {
        error: (error as Error).stack ?? String(error),
      });
      invite.reject(500);
    });
  }

  async #handle(invite: IncomingInvite): Promise<void> {
    // What can never have audio is refused alike, whomever it calls.
    const peer = invite.flow.remoteAddress;
    const mayReach = (address: string, port: number) => this.#parts.mediaMayReach(peer, address, port);
    if (invite.offer && !canAnswer(invite.offer, mayReach))
      return invite.reject(488, [['Warning', offerWarning(invite.offer)]]);
    const offer = await this.#offerOf(invite);
    if (!offer || invite.over) return;
    const verdict = await this.#parts.host.admit(offer);
    if (verdict.verdict === 'refuse') return this.#refuse(invite, verdict);

    const call = new EmbeddedCall(this.#parts.callHost, {
      id: offer.callId,
      workspaceId: verdict.workspaceId,
      direction: 'inbound',
      from: offer.from,
      to: offer.to,
      headers: offer.headers,
      uri: fromOf(invite.request).uriText,
    });
    this.#parts.began(call, invite.request);
    const ready = await this.#connect(invite, call);
    if (verdict.verdict === 'run') this.#accept(call, offer, verdict.token);
    else if (ready) ringPhone(call, verdict.username, this.#parts.logger);
  }

  #accept(call: EmbeddedCall, offer: IncomingOffer, token: unknown): void {
    try {
      this.#parts.host.accept(call, offer, token);
    } catch (error) {
      this.#parts.logger.error('The host could not take a call.', { callId: call.id, error: String(error) });
      void call.release('failed');
    }
  }

  /** Gives the call its line and its media. A call that was admitted exists, also when this fails: the host hears how it ended. */
  async #connect(invite: IncomingInvite, call: EmbeddedCall): Promise<boolean> {
    let media: LegMedia;
    try {
      media = await this.#parts.openMedia(call.id, invite.flow);
    } catch (error) {
      this.#parts.logger.warn('No media for an incoming call.', { callId: call.id, error: String(error) });
      invite.reject(503, [['Retry-After', String(this.#parts.refusesFor() ?? 10)]]);
      void call.caller.end('failed', 'system');
      return false;
    }
    if (invite.over) {
      media.close();
      void call.caller.end('cancelled', 'caller');
      return false;
    }
    call.caller.connect(new IncomingLine(invite, call.caller, media), media);
    return true;
  }

  #refuse(invite: IncomingInvite, verdict: Extract<Verdict, { verdict: 'refuse' }>): void {
    const retryAfter = verdict.retryAfterS ?? 5 + Math.floor(Math.random() * 11);
    invite.reject(
      STATUS_OF_REFUSAL[verdict.reason],
      verdict.reason === 'no-capacity' ? [['Retry-After', String(retryAfter)]] : [],
    );
  }

  /** What the host is asked; null when the request was answered already (a challenge). */
  async #offerOf(invite: IncomingInvite): Promise<IncomingOffer | null> {
    const { request, flow } = invite;
    const common = { callId: randomUUID(), headers: request.headers.toRecord(), sourceAddress: flow.remoteAddress };
    const from = userOf(fromOf(request).uri) ?? '';
    const user = calledUser(parseUri(request.uri)) ?? calledUser(toOf(request).uri) ?? '';

    const scenario = this.#parts.scenarios.redeem(user);
    if (scenario) return { ...common, from, to: `scenario:${scenario.id}`, phone: null, trunk: null };

    const trunk = this.#parts.trunkOf(flow.remoteAddress);
    const fromHost = hostOf(invite);
    const phone =
      from !== '' && !(trunk && !this.#parts.isOurAddress(fromHost)) ? await this.#parts.host.phone(from) : null;
    if (phone && !(await this.#parts.authenticator.identify(invite.transaction, phone.username))) {
      invite.session.discard();
      return null;
    }
    const to = dialledNumber(user) ?? user;
    // What only we may say is for nobody else to dial.
    if (to === '' || /^[a-z]+:/i.test(to)) {
      invite.reject(404);
      return null;
    }
    return {
      ...common,
      from: dialledNumber(from) ?? from,
      to,
      phone: phone?.username ?? null,
      trunk: phone ? null : (trunk?.name ?? null),
    };
  }
}

/** The user part; of a tel: URI with the context that makes a local number a global one. */
function calledUser(uri: Uri): string | null {
  const context = uri.scheme === 'tel' ? uri.params.get('phone-context') : undefined;
  const user = userOf(uri);
  return user !== null && context != null ? `${user};phone-context=${context}` : user;
}

function hostOf(invite: IncomingInvite): string {
  const { uri } = fromOf(invite.request);
  return uri.scheme === 'sip' || uri.scheme === 'sips' ? uri.host : '';
}

/** Whether signalling that comes from here may name loopback for its media. */
export const isLoopback = (address: string): boolean => addressClass(address) === 'loopback';
