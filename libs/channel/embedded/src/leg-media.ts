import type { Unsubscribe } from '@callwright/kernel';
import { isCallwrightError } from '@callwright/kernel';
import {
  answerOffer,
  decodeUtf8,
  formatSdp,
  makeOffer,
  parseSdp,
  readAnswer,
  type AgreedAudio,
  type AudioCodec,
  type LocalAudio,
  type MayReach,
} from '@callwright/sip';
import type { MediaEvent, MediaSession } from './media/port.js';
import type { SessionMedia } from './sip/session-media.js';

export interface LegMediaParts {
  readonly session: MediaSession;
  /** What our descriptions say. */
  readonly localAddress: string;
  /** Where the signalling comes from or goes to. */
  readonly peerAddress: string;
  readonly mayReach: MayReach;
  /** False: the address that the far end names lies behind the peer, who forwards (a phone behind NAT). */
  readonly isDirect: (address: string) => boolean;
  /** Whether media may go to an address although it is loopback. */
  readonly mayBeLoopback: (address: string) => boolean;
}

const ALL_CODECS: readonly AudioCodec[] = ['PCMU', 'PCMA'];

/** Whether an offer can be answered at all: audio with a codec of ours, to an address that may be reached. */
export function canAnswer(offer: Uint8Array, mayReach: MayReach): boolean {
  const nobody: LocalAudio = {
    address: '0.0.0.0',
    port: 9,
    codecs: ALL_CODECS,
    direction: 'sendrecv',
    sessionId: 0,
    version: 0,
  };
  return unlessRefused(() => answerOffer(parseSdp(offer), nobody, mayReach)) !== null;
}

/** Null for what the far end's description does not allow. */
function unlessRefused<T>(make: () => T): T | null {
  try {
    return make();
  } catch (error) {
    if (isCallwrightError(error)) return null;
    throw error;
  }
}

/** The audio of one leg: what both sides have agreed on, and the session that carries it. */
export class LegMedia implements SessionMedia {
  readonly session: MediaSession;
  readonly #parts: LegMediaParts;
  readonly #sessionId = Math.floor(Math.random() * 2 ** 31);
  readonly #listeners = new Map<number, (event: MediaEvent) => void>();
  readonly #unsubscribe: Unsubscribe;
  #version = 1;
  #body: Uint8Array | null = null;
  #codecs: readonly AudioCodec[] = ALL_CODECS;
  #insist = false;
  #agreed: AgreedAudio | null = null;
  #heldByUs = false;
  #ids = 0;
  #closed = false;
  /** Something was agreed upon. */
  onAgreed: () => void = () => undefined;
  /** What belongs to no task: digits, silence, failures. */
  onEvent: (event: MediaEvent) => void = () => undefined;

  constructor(parts: LegMediaParts) {
    this.#parts = parts;
    this.session = parts.session;
    this.#unsubscribe = parts.session.subscribe((event) => {
      if ('id' in event) this.#listeners.get(event.id)?.(event);
      else this.onEvent(event);
    });
  }

  get agreed(): AgreedAudio | null {
    return this.#agreed;
  }

  /** Whether the far end has put us on hold. */
  get heldByFarEnd(): boolean {
    return this.#agreed !== null && !this.#heldByUs && this.#agreed.direction !== 'sendrecv';
  }

  get heldByUs(): boolean {
    return this.#heldByUs;
  }

  set heldByUs(held: boolean) {
    this.#heldByUs = held;
    this.#configure();
  }

  /** Only these, in this order; names that we do not know are left out, nothing left means our own. */
  prefer(codecs: readonly string[]): void {
    const known = codecs
      .map((name) => name.toUpperCase())
      .filter((name): name is AudioCodec => ALL_CODECS.includes(name as AudioCodec));
    this.#insist = known.length > 0;
    this.#codecs = known.length > 0 ? known : ALL_CODECS;
  }

  /** The answer that was given last: a 200 repeats what a 183 said. */
  get lastBody(): Uint8Array | null {
    return this.#body;
  }

  offer(): Uint8Array {
    return this.#describe((local) => makeOffer(local));
  }

  answer(offer: Uint8Array): Uint8Array | null {
    return unlessRefused(() => {
      const parsed = parseSdp(offer);
      let agreed: AgreedAudio | null = null;
      const body = this.#describe((local) => {
        const result = answerOffer(parsed, local, this.#parts.mayReach);
        agreed = result.agreed;
        return result.answer;
      });
      this.#agree(agreed!);
      return body;
    });
  }

  accept(answer: Uint8Array): boolean {
    const agreed = unlessRefused(() => readAnswer(this.#local(), parseSdp(answer), this.#parts.mayReach));
    if (agreed) this.#agree(agreed);
    return agreed !== null;
  }

  /** Hears of a task of the media side; the number is its id. */
  listen(listener: (event: MediaEvent) => void): number {
    this.#ids += 1;
    this.#listeners.set(this.#ids, listener);
    return this.#ids;
  }

  forget(id: number): void {
    this.#listeners.delete(id);
    if (this.#closed && this.#listeners.size === 0) this.#unsubscribe();
  }

  /** Ends everything under way, each of which still tells its end. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.onEvent = () => undefined;
    this.session.close();
    if (this.#listeners.size === 0) this.#unsubscribe();
  }

  #local(): LocalAudio {
    return {
      address: this.#parts.localAddress,
      port: this.session.localPort,
      codecs: this.#codecs,
      insist: this.#insist,
      direction: this.#heldByUs ? 'sendonly' : 'sendrecv',
      sessionId: this.#sessionId,
      version: this.#version,
    };
  }

  /** The version grows when, and only when, something else is said (RFC 3264 section 8). */
  #describe(make: (local: LocalAudio) => Parameters<typeof formatSdp>[0]): Uint8Array {
    let body = formatSdp(make(this.#local()));
    if (this.#body && decodeUtf8(body) !== decodeUtf8(this.#body)) {
      this.#version += 1;
      body = formatSdp(make(this.#local()));
    }
    this.#body = body;
    return body;
  }

  #agree(agreed: AgreedAudio): void {
    this.#agreed = agreed;
    this.#configure();
    this.onAgreed();
  }

  #configure(): void {
    const agreed = this.#agreed;
    if (!agreed || this.#closed) return;
    const { peerAddress, isDirect, mayBeLoopback } = this.#parts;
    const direct = isDirect(agreed.remoteAddress);
    this.session.configure({
      remoteAddress: direct ? agreed.remoteAddress : peerAddress,
      remotePort: agreed.remotePort,
      codec: agreed.codec,
      payloadType: agreed.payloadType,
      telephoneEvent: agreed.telephoneEvent,
      // Who is held by us hears nothing, also where its phone would play what we send.
      direction: this.#heldByUs ? 'inactive' : agreed.direction,
      ptimeMs: agreed.ptimeMs,
      learn: agreed.remoteAddress === peerAddress ? 'port' : 'anybody',
      loopbackAllowed: mayBeLoopback(agreed.remoteAddress),
    });
  }
}
