import type { HangUpCause } from '@callwright/channel-contract';
import { causeOfStatus, type CallLeg, type LegMedia, type Line, type Logger } from '@callwright/channel-embedded/calls';
import { decodeUtf8, encodeUtf8 } from '@callwright/sip';
import type { FreeswitchSession } from '../media/freeswitch-session.js';
import type { HeaderFields, SipDialog, SipRequest, Srf } from '../packages.js';
import { Conversation } from './conversation.js';
import type { Way } from './ways.js';

export interface OutgoingLineParts {
  readonly srf: Srf;
  readonly leg: CallLeg;
  readonly media: LegMedia;
  readonly session: FreeswitchSession;
  readonly headers: HeaderFields;
  readonly logger: Logger;
}

/** The line of somebody whom we call. Ways are tried one after the other, the next when nobody is there at the one before. */
export class OutgoingLine implements Line {
  readonly #parts: OutgoingLineParts;
  #request: SipRequest | null = null;
  #conversation: Conversation | null = null;
  #released = false;

  constructor(parts: OutgoingLineParts) {
    this.#parts = parts;
  }

  /** Begins to call; the leg is told how that went. */
  dial(ways: readonly Way[]): void {
    this.#dial(ways).catch((error: unknown) => {
      const { leg, logger } = this.#parts;
      logger.error('A call could not be placed.', { callId: leg.callId, leg: leg.name, error: String(error) });
      void leg.end('failed', 'system');
    });
  }

  ring(): void {
    // Who is called by us is not told that it rings.
  }

  answer(): Promise<boolean> {
    return Promise.resolve(false);
  }

  release(_cause: HangUpCause): void {
    this.#released = true;
    if (this.#conversation) this.#conversation.hangUp();
    else if (this.#request) this.#cancel(this.#request);
  }

  reoffer(): Promise<boolean> {
    return this.#conversation?.reoffer() ?? Promise.resolve(false);
  }

  message(text: string): Promise<boolean> {
    return this.#conversation?.message(text) ?? Promise.resolve(false);
  }

  async #dial(ways: readonly Way[]): Promise<void> {
    const { leg } = this.#parts;
    const offer = decodeUtf8(this.#parts.media.offer());
    let status: number | null = null;
    for (const way of ways) {
      if (this.#released) return;
      const result = await this.#invite(way, offer);
      if (typeof result === 'object') return this.#answered(result);
      status = result;
      if (status !== 503 && status !== 408) break;
    }
    this.#request = null;
    if (!this.#released) await leg.end(causeOfStatus(status), leg.name === 'caller' ? 'caller' : 'agent');
  }

  /** The dialog, or the status with which it was refused. */
  async #invite(way: Way, localSdp: string): Promise<SipDialog | number> {
    const { srf, leg, headers, logger } = this.#parts;
    try {
      return await srf.createUAC(
        way.uri,
        {
          localSdp,
          headers: { ...headers, From: way.from },
          ...(way.proxy === null ? {} : { proxy: way.proxy }),
          ...(way.auth === null ? {} : { auth: way.auth }),
        },
        {
          cbRequest: (error, request) => {
            if (error) return;
            this.#request = request;
            if (this.#released) this.#cancel(request);
          },
          cbProvisional: ({ status }) => {
            if (status >= 180 && leg.state === 'calling') leg.setState('ringing');
          },
        },
      );
    } catch (error) {
      const status: unknown = (error as { status?: unknown }).status;
      if (typeof status === 'number') return status;
      logger.warn('drachtio-server could not send an INVITE.', { callId: leg.callId, error: String(error) });
      return 503;
    }
  }

  async #answered(dialog: SipDialog): Promise<void> {
    const { leg, media, session, logger } = this.#parts;
    this.#request = null;
    this.#conversation = new Conversation({ dialog, leg, media, session, logger });
    if (this.#released) return this.#conversation.hangUp();
    if (!media.accept(encodeUtf8(dialog.remote.sdp ?? ''))) {
      this.#conversation.hangUp();
      return leg.end('failed', 'system');
    }
    await session.configured;
    leg.becomeAnswered();
  }

  #cancel(request: SipRequest): void {
    const { leg, logger } = this.#parts;
    request.cancel((error) => {
      if (error) logger.debug('An INVITE could not be cancelled.', { callId: leg.callId, error: String(error) });
    });
  }
}
