import type { HangUpCause, Headers } from '@callwright/channel-contract';
import {
  headerFields,
  STATUS_OF_HANG_UP,
  type CallLeg,
  type LegMedia,
  type Line,
  type Logger,
} from '@callwright/channel-embedded/calls';
import { decodeUtf8, encodeUtf8, offerWarning } from '@callwright/sip';
import type { FreeswitchSession } from '../media/freeswitch-session.js';
import type { SipRequest, SipResponse, Srf } from '../packages.js';
import { Conversation } from './conversation.js';
import { headerFieldsOf } from './reading.js';

export interface IncomingLineParts {
  readonly srf: Srf;
  readonly request: SipRequest;
  readonly response: SipResponse;
  readonly leg: CallLeg;
  readonly media: LegMedia;
  readonly session: FreeswitchSession;
  readonly logger: Logger;
}

/** The line of somebody who calls us. */
export class IncomingLine implements Line {
  readonly #parts: IncomingLineParts;
  readonly #offer: Uint8Array;
  #conversation: Conversation | null = null;
  #answering = false;
  #released = false;

  constructor(parts: IncomingLineParts) {
    this.#parts = parts;
    this.#offer = encodeUtf8(parts.request.body ?? '');
    parts.request.on('cancel', () => {
      this.#released = true;
      void parts.leg.end('cancelled', 'caller');
    });
  }

  ring(withAudio: boolean): void {
    const body = withAudio ? this.#describe() : null;
    if (!body) return this.#parts.response.send(180, {});
    this.#parts.response.send(183, { body: decodeUtf8(body), headers: { 'Content-Type': 'application/sdp' } });
  }

  async answer(headers: Headers): Promise<boolean> {
    const { srf, request, response, leg, media, session, logger } = this.#parts;
    const body = this.#describe();
    if (!body) {
      response.send(488, { headers: { Warning: offerWarning(this.#offer) } });
      return false;
    }
    await session.configured;
    if (this.#released) return false;
    this.#answering = true;
    try {
      const fields = headerFieldsOf(headerFields(headers));
      const dialog = await srf.createUAS(request, response, { localSdp: decodeUtf8(body), headers: fields });
      this.#conversation = new Conversation({ dialog, leg, media, session, logger });
      if (this.#released) this.#conversation.hangUp();
      return true;
    } catch (error) {
      // A caller who gives up at this moment; drachtio-srf rejects with a text then.
      logger.debug('A caller was gone before the answer.', { callId: leg.callId, error: String(error) });
      return false;
    }
  }

  release(cause: HangUpCause): void {
    if (this.#released) return;
    this.#released = true;
    if (this.#conversation) this.#conversation.hangUp();
    else if (!this.#answering) this.#parts.response.send(STATUS_OF_HANG_UP[cause], {});
  }

  reoffer(): Promise<boolean> {
    return this.#conversation?.reoffer() ?? Promise.resolve(false);
  }

  message(text: string): Promise<boolean> {
    return this.#conversation?.message(text) ?? Promise.resolve(false);
  }

  /** Our answer to the caller's offer: made once, and the same in every response. */
  #describe(): Uint8Array | null {
    const { media } = this.#parts;
    return media.agreed ? media.lastBody : media.answer(this.#offer);
  }
}
