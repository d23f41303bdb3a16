import type { HangUpCause } from '@callwright/channel-contract';
import { causeOfStatus } from './causes.js';
import type { EmbeddedLeg } from './embedded-leg.js';
import type { LegMedia } from './leg-media.js';
import type { Line } from './line.js';
import { sendText, sessionHandlers } from './session-handlers.js';
import type { OutgoingInvite, OutgoingInviteHandlers } from './sip/outgoing-invite.js';
import type { Session } from './sip/session.js';
import type { Way } from './ways.js';

/** A way that shows no sign of life for so long is given up when there is another (reliability B5). */
const SILENT_WAY_MS = 4000;

export interface OutgoingLineParts {
  readonly leg: EmbeddedLeg;
  readonly media: LegMedia;
  readonly invite: (way: Way, handlers: OutgoingInviteHandlers) => OutgoingInvite;
}

/**
 * The line of somebody whom we call. Ways of one group (the phones of one user) ring together, and the first to answer has the call;
 * the next group (another address of a trunk) is tried when the one before cannot be reached.
 */
export class OutgoingLine implements Line {
  readonly #parts: OutgoingLineParts;
  #groups: readonly (readonly Way[])[] = [];
  #ringing = new Set<OutgoingInvite>();
  #session: Session | null = null;
  /** Whose early description is the one that media follows. */
  #early: OutgoingInvite | null = null;
  #released = false;
  #statuses: (number | null)[] = [];
  #stopWatch: () => void = () => undefined;

  constructor(parts: OutgoingLineParts) {
    this.#parts = parts;
  }

  /** Begins to call. */
  dial(groups: readonly (readonly Way[])[]): void {
    this.#groups = groups;
    this.#next();
  }

  ring(): void {
    // Who is called by us is not told that it rings.
  }

  answer(): Promise<boolean> {
    return Promise.resolve(false);
  }

  release(_cause: HangUpCause): void {
    this.#released = true;
    this.#stopWatch();
    for (const invite of this.#ringing) invite.cancel();
    this.#session?.hangUp();
  }

  async reoffer(): Promise<boolean> {
    return this.#session !== null && (await this.#session.reoffer()) < 300;
  }

  message(text: string): Promise<boolean> {
    return this.#session ? sendText(this.#session, text) : Promise.resolve(false);
  }

  #next(): void {
    const [group, ...rest] = this.#groups;
    if (!group || this.#released) return this.#failed();
    this.#groups = rest;
    this.#statuses = [];
    for (const way of group) this.#invite(way);
    if (rest.length > 0) this.#watch();
  }

  #invite(way: Way): void {
    const { leg } = this.#parts;
    const invite: OutgoingInvite = this.#parts.invite(way, {
      progress: (status, body) => {
        this.#stopWatch();
        if (status >= 180 && leg.state === 'calling') leg.setState('ringing');
        if (body) this.#hearEarly(invite, body);
      },
      answered: (session, body) => this.#answered(invite, session, body),
      failed: (status) => {
        this.#ringing.delete(invite);
        if (this.#early === invite) this.#early = null;
        this.#statuses.push(status);
        if (this.#ringing.size > 0 || this.#session || this.#released) return;
        const unreachable = this.#statuses.every((status) => status === null || status === 503);
        if (unreachable && this.#groups.length > 0) this.#next();
        else this.#failed();
      },
    });
    this.#ringing.add(invite);
  }

  #watch(): void {
    const { clock } = this.#parts.leg;
    this.#stopWatch = clock.at(clock.now() + SILENT_WAY_MS, () => {
      const silent = [...this.#ringing];
      this.#ringing.clear();
      for (const invite of silent) invite.cancel();
      this.#next();
    });
  }

  /** Of several that ring, the first to make itself heard is heard. */
  #hearEarly(invite: OutgoingInvite, body: Uint8Array): void {
    const { leg, media } = this.#parts;
    if (leg.ended || this.#session || (this.#early && this.#early !== invite) || !media.accept(body)) return;
    this.#early = invite;
    leg.earlyMediaAgreed();
  }

  #answered(invite: OutgoingInvite, session: Session, body: Uint8Array | null): void {
    const { leg, media } = this.#parts;
    this.#stopWatch();
    this.#ringing.delete(invite);
    if (this.#released || this.#session) return session.hangUp();
    this.#session = session;
    session.handlers = sessionHandlers(leg, media);
    for (const other of this.#ringing) other.cancel();
    // Without a description the answer is the one that came with a provisional response.
    if (body ? !media.accept(body) : this.#early !== invite) return session.hangUp('bad-media');
    leg.becomeAnswered();
  }

  #failed(): void {
    this.#stopWatch();
    const { leg } = this.#parts;
    if (!this.#released) void leg.end(causeOfStatus(best(this.#statuses)), leg.name === 'caller' ? 'caller' : 'agent');
  }
}

/** Of several refusals the one that says most: somebody who declines or is busy counts before one that was not there. */
function best(statuses: readonly (number | null)[]): number | null {
  const weight = (status: number | null) =>
    status === null ? 0 : status >= 600 ? 3 : status === 486 || status === 480 ? 2 : 1;
  return [...statuses].sort((a, b) => weight(b) - weight(a))[0] ?? null;
}
