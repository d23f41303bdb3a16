import { sipError } from '../errors.js';
import { callIdOf, contactsOf, cseqOf, fromTagOf, recordRoutesOf, toTagOf } from '../message/fields.js';
import { Headers } from '../message/headers.js';
import { NO_BODY, type SipRequest, type SipResponse } from '../message/message.js';
import { formatNameAddr, type NameAddr } from '../message/name-addr.js';

export interface DialogParts {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  /** From or To as it stands, tag included. */
  readonly local: string;
  readonly remote: string;
  readonly localCSeq: number;
  /** Null before the far end sent a request. */
  readonly remoteCSeq: number | null;
  /** Request-URI of what we send. */
  readonly remoteTarget: string;
  readonly routeSet: readonly NameAddr[];
}

/**
 * State that two user agents share (RFC 3261 section 12): who they are, where to send, how far their counters are. Its owner says
 * when it begins and ends.
 */
export class Dialog {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  readonly local: string;
  readonly remote: string;
  readonly routeSet: readonly NameAddr[];
  #localCSeq: number;
  #remoteCSeq: number | null;
  #remoteTarget: string;

  constructor(parts: DialogParts) {
    this.callId = parts.callId;
    this.localTag = parts.localTag;
    this.remoteTag = parts.remoteTag;
    this.local = parts.local;
    this.remote = parts.remote;
    this.routeSet = parts.routeSet;
    this.#localCSeq = parts.localCSeq;
    this.#remoteCSeq = parts.remoteCSeq;
    this.#remoteTarget = parts.remoteTarget;
  }

  /** The answering side (RFC 3261 section 12.1.1). A peer of RFC 2543 has no tag. */
  static ofIncoming(invite: SipRequest, localTag: string, firstCSeq: number): Dialog {
    return new Dialog({
      callId: callIdOf(invite),
      localTag,
      remoteTag: fromTagOf(invite) ?? '',
      local:
        toTagOf(invite) === null ? `${invite.headers.get('To')};tag=${localTag}` : (invite.headers.get('To') ?? ''),
      remote: invite.headers.get('From') ?? '',
      localCSeq: firstCSeq,
      remoteCSeq: cseqOf(invite).number,
      remoteTarget: targetOf(invite) ?? invite.uri,
      routeSet: recordRoutesOf(invite),
    });
  }

  /** The calling side, from a response that has a To tag (RFC 3261 section 12.1.2). */
  static ofOutgoing(invite: SipRequest, response: SipResponse): Dialog {
    const localTag = fromTagOf(invite);
    if (localTag === null) throw sipError('sip.no-dialog-tag');
    return new Dialog({
      callId: callIdOf(invite),
      localTag,
      remoteTag: toTagOf(response) ?? '',
      local: invite.headers.get('From') ?? '',
      remote: response.headers.get('To') ?? '',
      localCSeq: cseqOf(invite).number,
      remoteCSeq: null,
      remoteTarget: targetOf(response) ?? invite.uri,
      routeSet: [...recordRoutesOf(response)].reverse(),
    });
  }

  get id(): string {
    return dialogId(this.callId, this.localTag, this.remoteTag);
  }

  get remoteTarget(): string {
    return this.#remoteTarget;
  }

  /** Everything that it is made of, as it stands now. */
  get parts(): DialogParts {
    const { callId, localTag, remoteTag, local, remote, routeSet } = this;
    const counters = { localCSeq: this.#localCSeq, remoteCSeq: this.#remoteCSeq, remoteTarget: this.#remoteTarget };
    return { callId, localTag, remoteTag, local, remote, routeSet, ...counters };
  }

  /** The next request within the dialog (RFC 3261 section 12.2.1.1), without Via and Contact, which the shell knows. */
  request(method: string): SipRequest {
    this.#localCSeq += 1;
    return this.#build(method, this.#localCSeq);
  }

  /** The ACK of a 2xx: a request of its own with the CSeq of the INVITE (RFC 3261 section 13.2.2.4). */
  ack(inviteCSeq: number): SipRequest {
    return this.#build('ACK', inviteCSeq);
  }

  /** The CSeq of the last request that we sent. */
  get localCSeq(): number {
    return this.#localCSeq;
  }

  /** Where the next request goes first: the top route, or the target itself. */
  get nextHop(): string {
    return this.routeSet[0]?.uriText ?? this.#remoteTarget;
  }

  /**
   * Takes the CSeq of a request that came: `new`, or `old` when a later one came before it (RFC 3261 section 12.2.2: answer 500).
   * ACK and CANCEL have the number of their INVITE.
   */
  take(request: SipRequest): 'new' | 'old' {
    const { number, method } = cseqOf(request);
    if (method === 'ACK' || method === 'CANCEL') return 'new';
    if (this.#remoteCSeq !== null && number <= this.#remoteCSeq) return 'old';
    this.#remoteCSeq = number;
    return 'new';
  }

  /** A re-INVITE, an UPDATE or its 2xx may name a new target (RFC 3261 section 12.2). */
  refreshTarget(message: SipRequest | SipResponse): void {
    this.#remoteTarget = targetOf(message) ?? this.#remoteTarget;
  }

  #build(method: string, number: number): SipRequest {
    const first = this.routeSet[0];
    const loose = !first || (first.uri.scheme !== 'other' && first.uri.params.has('lr'));
    const headers = Headers.of([
      ['Max-Forwards', '70'],
      ['From', this.local],
      ['To', this.remote],
      ['Call-ID', this.callId],
      ['CSeq', `${number} ${method}`],
    ]);
    const routes = this.routeSet.map((route) => formatNameAddr({ ...route, displayName: '' }));
    // A strict router (RFC 2543) wants itself in the Request-URI and the target at the end.
    if (!loose) routes.splice(0, routes.length, ...routes.slice(1), `<${this.#remoteTarget}>`);
    for (const route of routes) headers.add('Route', route);
    return { kind: 'request', method, uri: loose ? this.#remoteTarget : first.uriText, headers, body: NO_BODY };
  }
}

export const dialogId = (callId: string, localTag: string, remoteTag: string): string =>
  `${callId}|${localTag}|${remoteTag}`;

/** The dialog that a request that came means, or null when it has no To tag. */
export function dialogIdOfRequest(request: SipRequest): string | null {
  const localTag = toTagOf(request);
  return localTag === null ? null : dialogId(callIdOf(request), localTag, fromTagOf(request) ?? '');
}

const targetOf = (message: SipRequest | SipResponse): string | null => contactsOf(message)[0]?.uriText ?? null;
