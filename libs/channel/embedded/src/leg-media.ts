import type { PromptAudio } from '@callwright/channel-contract';
import type { Unsubscribe } from '@callwright/kernel';
import { isCallwrightError } from '@callwright/kernel';
import {
  answerOffer,
  answerT38,
  decodeUtf8,
  formatSdp,
  makeOffer,
  makeT38Offer,
  offersT38,
  parseSdp,
  readAnswer,
  readT38Answer,
  type AgreedAudio,
  type AgreedT38,
  type AudioCodec,
  type LocalAudio,
  type MayReach,
} from '@callwright/sip';
import type { MediaEvent, MediaParameters, MediaSession, T38Transport } from './media/port.js';
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
  #hasHoldMusic = false;
  #t38: AgreedT38 | null = null;
  /** Whether T.38 is offered, and taken when the far end offers it. */
  wantsT38 = false;
  t38Welcome = false;
  #ids = 0;
  #closed = false;
  /** Something was agreed upon. */
  onAgreed: () => void = () => undefined;
  /** The stream went over to T.38, or to another far end of it, or back to audio. */
  onCarrier: () => void = () => undefined;
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

  /** Agreed upon, in place of the audio. */
  get t38(): AgreedT38 | null {
    return this.#t38;
  }

  /** For the media side; null while the stream is audio. */
  t38Transport(redundancy: number): T38Transport | null {
    if (!this.#t38) return null;
    const { abilities } = this.#t38;
    return {
      ...this.#reach(this.#t38),
      limits: abilities,
      redundancy: abilities.errorCorrection === 'none' ? 0 : redundancy,
    };
  }

  /** Whether the far end has put us on hold. */
  get heldByFarEnd(): boolean {
    return this.#agreed !== null && !this.#heldByUs && this.#agreed.direction !== 'sendrecv';
  }

  get heldByUs(): boolean {
    return this.#heldByUs;
  }

  /** On hold the far end hears the music, and nothing else. */
  holdByUs(held: boolean, music: readonly PromptAudio[] = []): void {
    this.#heldByUs = held;
    this.#hasHoldMusic = held && music.length > 0;
    this.session.hold(this.#hasHoldMusic ? music : null);
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
    const before = this.#body && parseSdp(this.#body);
    return this.#describe((local) => (this.wantsT38 ? makeT38Offer(local, before) : makeOffer(local, before)));
  }

  answer(offer: Uint8Array): Uint8Array | null {
    return unlessRefused(() => {
      const parsed = parseSdp(offer);
      if ((this.t38Welcome || this.#t38) && offersT38(parsed)) return this.#answerT38(parsed);
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
    if (this.wantsT38) return this.#acceptT38(answer);
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
    const wasT38 = this.#t38 !== null;
    this.#t38 = null;
    this.wantsT38 = false;
    this.#configure();
    if (wasT38) this.onCarrier();
    this.onAgreed();
  }

  #answerT38(offer: ReturnType<typeof parseSdp>): Uint8Array {
    let agreed: AgreedT38 | null = null;
    const body = this.#describe((local) => {
      const result = answerT38(offer, local, this.#parts.mayReach);
      agreed = result.agreed;
      return result.answer;
    });
    this.#agreeT38(agreed!);
    return body;
  }

  /** An answer that refuses the stream is one all the same; who offered looks at `t38` afterwards. */
  #acceptT38(answer: Uint8Array): boolean {
    const parsed = unlessRefused(() => parseSdp(answer));
    if (!parsed) return false;
    const agreed = unlessRefused(() => readT38Answer(parsed, this.#parts.mayReach));
    if (agreed) this.#agreeT38(agreed);
    return true;
  }

  /** A description that says nothing new (a session timer's) leaves the fax alone. */
  #agreeT38(agreed: AgreedT38): void {
    const before = JSON.stringify(this.#t38);
    this.#t38 = agreed;
    this.wantsT38 = true;
    if (JSON.stringify(agreed) === before) return;
    this.#configure();
    this.onCarrier();
  }

  /** Where the far end's packets come from and ours go to. */
  #reach({
    remoteAddress,
    remotePort,
  }: Pick<AgreedAudio, 'remoteAddress' | 'remotePort'>): Pick<
    MediaParameters,
    'remoteAddress' | 'remotePort' | 'learn' | 'loopbackAllowed'
  > {
    const { peerAddress, isDirect, mayBeLoopback } = this.#parts;
    return {
      remoteAddress: isDirect(remoteAddress) ? remoteAddress : peerAddress,
      remotePort,
      learn: remoteAddress === peerAddress ? 'port' : 'anybody',
      loopbackAllowed: mayBeLoopback(remoteAddress),
    };
  }

  /** Who is held by us hears music or nothing, also where its phone would play what we send. */
  #direction(agreed: AgreedAudio): MediaParameters['direction'] {
    if (this.#t38) return 'inactive';
    if (!this.#heldByUs) return agreed.direction;
    return this.#hasHoldMusic && agreed.direction === 'sendonly' ? 'sendonly' : 'inactive';
  }

  #configure(): void {
    const agreed = this.#agreed;
    if (!agreed || this.#closed) return;
    this.session.configure({
      ...this.#reach(agreed),
      remoteRtcpPort: agreed.remoteRtcpPort,
      codec: agreed.codec,
      payloadType: agreed.payloadType,
      telephoneEvent: agreed.telephoneEvent,
      direction: this.#direction(agreed),
      ptimeMs: agreed.ptimeMs,
    });
  }
}
