import { msOf } from '../audio.js';
import { timestampDistance } from '../rtp/sequence.js';
import { DIGITS } from './digits.js';
import type { TelephoneEvent } from './payload.js';

export type DigitChange =
  /** A key went down: time to stop a prompt. */
  | { readonly type: 'began'; readonly digit: string }
  /** It was let go, or held so long that its length no longer matters. Told once for each `began`. */
  | { readonly type: 'ended'; readonly digit: string; readonly durationMs: number };

/** Without a packet for so long the rest of the event, and its three ends, are lost: the key is told with what is known. */
const LOST_AFTER_MS = 200;
/**
 * A sender that was quiet for so long and then names an old event anew (a recording that is played again, a clock that started
 * anew) presses another key: no network keeps a packet for that time.
 */
const STALE_AFTER_MS = 500;
/** A key held so long is told while it is still down. */
const LONG_MS = 1000;
/** An event that outgrows its 16-bit duration goes on in a next segment (RFC 4733 section 2.5.1.3). */
const FULL_SEGMENT = 0xf000;
const SEGMENT_SLACK = 1600;

interface KeyPress {
  readonly event: number;
  /** Of its beginning, or of its last segment. */
  timestamp: number;
  /** Of this segment, in samples. */
  duration: number;
  heardAt: number;
  /** Held so long that it was told while down; what still comes of it is no news. */
  told: boolean;
}

const NOTHING: readonly DigitChange[] = [];

/**
 * Keys from event packets that may be lost, doubled or out of order (RFC 4733 section 2.5.2.2): the timestamp of its beginning
 * names an event, and an event that is not newer than the newest one is old news. No digit is told twice, and none is lost as
 * long as one packet of it arrives.
 */
export class TelephoneEventReceiver {
  #current: KeyPress | null = null;
  #newest: number | null = null;
  #source = 0;
  #heardAt = -Infinity;

  /** A packet came, at `now` (ms). `timestamp` and `ssrc` are those of its RTP header: timestamps of two sources have nothing to do with each other. */
  receive(packet: TelephoneEvent, timestamp: number, now: number, ssrc = 0): readonly DigitChange[] {
    const digit = DIGITS[packet.event];
    if (digit === undefined) return NOTHING;
    const quiet = now - this.#heardAt;
    this.#heardAt = now;
    const current = ssrc === this.#source ? this.#current : null;
    if (current && timestamp === current.timestamp) {
      return packet.event === current.event ? this.#goOn(current, packet, now) : NOTHING;
    }
    const known = ssrc === this.#source && quiet < STALE_AFTER_MS;
    if (known && this.#newest !== null && timestampDistance(this.#newest, timestamp) <= 0) return NOTHING;
    this.#newest = timestamp;
    this.#source = ssrc;
    if (current && current.event === packet.event && continues(current, timestamp)) {
      current.timestamp = timestamp;
      current.duration = packet.duration;
      return this.#goOn(current, packet, now);
    }
    const before = this.#current ? this.#finish(this.#current) : NOTHING;
    this.#current = { event: packet.event, timestamp, duration: 0, heardAt: now, told: false };
    return [...before, { type: 'began', digit }, ...this.#goOn(this.#current, packet, now)];
  }

  /** Time passes; call it every frame. */
  tick(now: number): readonly DigitChange[] {
    const current = this.#current;
    return current && now - current.heardAt >= LOST_AFTER_MS ? this.#finish(current) : NOTHING;
  }

  /** Whether a key is down. */
  get active(): boolean {
    return this.#current !== null;
  }

  #goOn(current: KeyPress, packet: TelephoneEvent, now: number): readonly DigitChange[] {
    current.duration = Math.max(current.duration, packet.duration);
    current.heardAt = now;
    if (packet.end) return this.#finish(current);
    return msOf(current.duration) >= LONG_MS ? this.#tell(current) : NOTHING;
  }

  #finish(current: KeyPress): readonly DigitChange[] {
    this.#current = null;
    return this.#tell(current);
  }

  #tell(current: KeyPress): readonly DigitChange[] {
    if (current.told) return NOTHING;
    current.told = true;
    return [{ type: 'ended', digit: DIGITS[current.event]!, durationMs: msOf(current.duration) }];
  }
}

function continues(current: KeyPress, timestamp: number): boolean {
  if (!current.told || current.duration < FULL_SEGMENT) return false;
  const gap = timestampDistance(current.timestamp + current.duration, timestamp);
  return (
    Math.abs(gap) <= SEGMENT_SLACK ||
    Math.abs(timestampDistance(current.timestamp + 0xffff, timestamp)) <= SEGMENT_SLACK
  );
}
