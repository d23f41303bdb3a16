import type { HangUpCause, Headers } from '@callwright/channel-contract';
import { offerWarning } from '@callwright/sip';
import { STATUS_OF_HANG_UP } from './causes.js';
import type { EmbeddedLeg } from './embedded-leg.js';
import { headerFields } from './header-fields.js';
import type { LegMedia } from './leg-media.js';
import type { Line } from './line.js';
import { sendText, sessionHandlers } from './session-handlers.js';
import type { IncomingInvite } from './sip/incoming-invite.js';

/** The line of somebody who calls us. */
export class IncomingLine implements Line {
  readonly #invite: IncomingInvite;
  readonly #media: LegMedia;
  #answered = false;
  #lateOffer: ((agreed: boolean) => void) | null = null;

  constructor(invite: IncomingInvite, leg: EmbeddedLeg, media: LegMedia) {
    this.#invite = invite;
    this.#media = media;
    invite.handlers = { cancelled: () => void leg.end('cancelled', 'caller') };
    const handlers = sessionHandlers(leg, media);
    invite.session.handlers = {
      ...handlers,
      media: {
        offer: () => media.offer(),
        answer: (offer) => media.answer(offer),
        accept: (answer) => {
          const agreed = media.accept(answer);
          this.#lateOffer?.(agreed);
          return agreed;
        },
      },
      ended: (why) => {
        this.#lateOffer?.(false);
        handlers.ended(why);
      },
    };
  }

  ring(withAudio: boolean): void {
    const body = withAudio ? this.#describe() : null;
    this.#invite.progress(body ? 183 : 180, body);
  }

  async answer(headers: Headers): Promise<boolean> {
    const fields = headerFields(headers);
    if (this.#invite.offer === null) {
      // The caller wants our offer; its answer comes with the ACK.
      const agreed = new Promise<boolean>((resolve) => (this.#lateOffer = resolve));
      this.#answered = true;
      this.#invite.answer(this.#media.offer(), fields);
      return agreed;
    }
    const body = this.#describe();
    if (!body) {
      this.#invite.reject(488, [['Warning', offerWarning(this.#invite.offer)]]);
      return false;
    }
    this.#answered = true;
    this.#invite.answer(body, fields);
    return true;
  }

  release(cause: HangUpCause): void {
    if (this.#answered) this.#invite.session.hangUp();
    else this.#invite.reject(STATUS_OF_HANG_UP[cause]);
  }

  async reoffer(): Promise<boolean> {
    return (await this.#invite.session.reoffer()) < 300;
  }

  message(text: string): Promise<boolean> {
    return sendText(this.#invite.session, text);
  }

  /** Our answer to the caller's offer: made once, and the same in every response. */
  #describe(): Uint8Array | null {
    const { offer } = this.#invite;
    if (!offer) return null;
    return this.#media.agreed ? this.#media.lastBody : this.#media.answer(offer);
  }
}
