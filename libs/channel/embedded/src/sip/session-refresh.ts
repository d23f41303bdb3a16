import type { Clock } from '@callwright/kernel';
import {
  answerSessionTimer,
  minSessionExpiresOf,
  sessionDeadlines,
  sessionExpiresOf,
  type SipRequest,
  type SipResponse,
} from '@callwright/sip';
import { Timer } from './timer.js';

type Field = readonly [string, string];

export interface SessionRefreshHandlers {
  /** It is our turn: the far end is to be asked whether it is still there. */
  readonly refresh: () => void;
  /** Nobody refreshed the session in time. */
  readonly expired: () => void;
}

/** The session timer of RFC 4028: what both sides have settled on, and who has to do what by when. */
export class SessionRefresh {
  readonly #clock: Clock;
  readonly #handlers: SessionRefreshHandlers;
  readonly #timer: Timer;
  #settled: { seconds: number; readonly weRefresh: boolean; endAt: number } | null = null;
  #least = 0;

  constructor(clock: Clock, handlers: SessionRefreshHandlers) {
    this.#clock = clock;
    this.#handlers = handlers;
    this.#timer = new Timer(clock, () => this.#due());
  }

  /** Settles on what a request asks for; gives the header fields of our 2xx (section 9). */
  answer(request: SipRequest): readonly Field[] {
    const agreed = answerSessionTimer(request);
    if (agreed.use !== 'timer') return [];
    this.#begin(agreed.seconds, agreed.refresher === 'uas');
    const required: readonly Field[] = request.headers.tags('Supported').includes('timer')
      ? [['Require', 'timer']]
      : [];
    return [['Session-Expires', `${agreed.seconds};refresher=${agreed.refresher}`], ...required];
  }

  /** Takes what the answering side has settled for a request of ours (section 7.2). */
  adopt(response: SipResponse): void {
    const settled = sessionExpiresOf(response);
    if (settled) this.#begin(settled.seconds, settled.refresher !== 'uas');
  }

  /** Header fields of our next re-INVITE. */
  get fields(): readonly Field[] {
    if (!this.#settled) return [];
    const { seconds, weRefresh } = this.#settled;
    const least: readonly Field[] = this.#least > 0 ? [['Min-SE', String(this.#least)]] : [];
    return [['Session-Expires', `${seconds};refresher=${weRefresh ? 'uac' : 'uas'}`], ...least];
  }

  /** A 422: somebody on the way wants fewer refreshes (section 7.3). False when it says nothing new. */
  lengthen(response: SipResponse): boolean {
    const least = minSessionExpiresOf(response) ?? 0;
    if (!this.#settled || least <= this.#settled.seconds) return false;
    this.#least = least;
    this.#settled.seconds = least;
    return true;
  }

  stop(): void {
    this.#timer.clear();
  }

  #begin(seconds: number, weRefresh: boolean): void {
    const { refreshAt, endAt } = sessionDeadlines(this.#clock.now(), seconds);
    this.#settled = { seconds, weRefresh, endAt };
    this.#timer.set(weRefresh ? refreshAt : endAt);
  }

  #due(): void {
    const settled = this.#settled;
    if (!settled) return;
    if (!settled.weRefresh || this.#clock.now() >= settled.endAt) return this.#handlers.expired();
    this.#timer.set(settled.endAt);
    this.#handlers.refresh();
  }
}
