import type { EndedBy } from '@callwright/channel-contract';
import { digitOfInfo, type CallLeg, type LegMedia, type Logger } from '@callwright/channel-embedded/calls';
import { decodeUtf8, encodeUtf8 } from '@callwright/sip';
import type { FreeswitchSession } from '../media/freeswitch-session.js';
import type { SipDialog, SipRequest, SipResponse } from '../packages.js';

const byOf = (leg: CallLeg): EndedBy => (leg.name === 'caller' ? 'caller' : 'agent');

export interface ConversationParts {
  readonly dialog: SipDialog;
  readonly leg: CallLeg;
  readonly media: LegMedia;
  readonly session: FreeswitchSession;
  readonly logger: Logger;
}

/** What goes on in an answered dialog, both ways. */
export class Conversation {
  readonly #parts: ConversationParts;
  #over = false;

  constructor(parts: ConversationParts) {
    this.#parts = parts;
    const { dialog, leg } = parts;
    dialog.on('destroy', () => {
      this.#over = true;
      void leg.end('normal', byOf(leg));
    });
    dialog.on('modify', (request, response) => void this.#reoffered(request, response));
    dialog.on('info', (request, response) => this.#info(request, response));
    dialog.on('message', (request, response) => this.#message(request, response));
    // Nobody but a scenario decides where a call goes.
    dialog.on('refer', (_request, response) => response.send(403, {}));
  }

  /** Says goodbye. */
  hangUp(): void {
    if (this.#over) return;
    this.#over = true;
    const { dialog, leg, logger } = this.#parts;
    dialog.destroy().catch((error: unknown) => {
      logger.debug('A dialog was gone already.', { callId: leg.callId, leg: leg.name, error: String(error) });
    });
  }

  /** Offers the audio anew; false when the far end refuses. */
  async reoffer(): Promise<boolean> {
    const { dialog, media, session } = this.#parts;
    try {
      const answer = await dialog.modify(decodeUtf8(media.offer()));
      const agreed = media.accept(encodeUtf8(answer));
      await session.configured;
      return agreed;
    } catch {
      // A refusal is never counted down there, and everything after it would wait for ever.
      dialog._reinvitesInProgress.count = 0;
      return false;
    }
  }

  async message(text: string): Promise<boolean> {
    const { dialog } = this.#parts;
    const headers = { 'Content-Type': 'text/plain;charset=UTF-8' };
    const { status } = await dialog.request({ method: 'MESSAGE', headers, body: text });
    return status < 300;
  }

  async #reoffered(request: SipRequest, response: SipResponse): Promise<void> {
    const { media, session } = this.#parts;
    // Without an offer ours is wanted, and the answer comes with the ACK, which drachtio-srf keeps to itself.
    const answer = request.body ? media.answer(encodeUtf8(request.body)) : null;
    if (!answer) return response.send(488, {});
    await session.configured;
    response.send(200, { body: decodeUtf8(answer), headers: { 'Content-Type': 'application/sdp' } });
  }

  #info(request: SipRequest, response: SipResponse): void {
    const digit = digitOfInfo(request.get('Content-Type') ?? '', encodeUtf8(request.body ?? ''));
    if (digit) this.#parts.leg.foreignDigit(digit.digit, 'info', digit.durationMs);
    response.send(digit === undefined ? 415 : 200, {});
  }

  #message(request: SipRequest, response: SipResponse): void {
    const contentType = request.get('Content-Type') ?? '';
    if (!/^\s*text\//i.test(contentType)) return response.send(415, {});
    response.send(200, {});
    this.#parts.leg.messageCame(contentType, request.body ?? '');
  }
}
