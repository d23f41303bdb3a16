import { isCallwrightError, type CallwrightError } from '@callwright/kernel';
import { sipError } from '../errors.js';
import { MAX_MESSAGE_BYTES } from './message.js';
import { contentLength, finish, type Reading } from './read.js';
import { endOfHead, scanHead, type ScannedHead } from './scan.js';

export type StreamItem =
  | { readonly type: 'message'; readonly reading: Reading }
  /** CRLF CRLF between messages: to be answered by CRLF (RFC 5626 section 3.5.1). */
  | { readonly type: 'ping' }
  /** Where the next message begins is unknown: answer what `reading` shows, then close. */
  | { readonly type: 'lost'; readonly error: CallwrightError; readonly reading: Reading | null };

const CR = 0x0d;
const LF = 0x0a;

/**
 * Cuts a byte stream into messages by Content-Length (RFC 3261 section 18.3), whatever the pieces in which it comes.
 * Keeps at most 64 KiB. After `lost` it takes nothing more.
 */
export class StreamReader {
  #buffer = new Uint8Array(4096);
  /** What has come and was not yet taken lies between these two. */
  #start = 0;
  #end = 0;
  /** Up to here no end of the header was found. */
  #searched = 0;
  #head: { readonly scanned: ScannedHead; readonly bodyLength: number } | null = null;
  #lost = false;

  /** Whether part of a message waits for its rest. */
  get pending(): boolean {
    return this.#length > 3 || this.#unread().some((byte) => byte !== CR && byte !== LF);
  }

  get #length(): number {
    return this.#end - this.#start;
  }

  #unread(): Uint8Array {
    return this.#buffer.subarray(this.#start, this.#end);
  }

  push(chunk: Uint8Array): StreamItem[] {
    const items: StreamItem[] = [];
    // A chunk may be longer than what may be kept: take it in pieces, so that pipelined messages are no reason to hang up.
    for (let at = 0; at < chunk.length && !this.#lost;) {
      const size = Math.min(chunk.length - at, MAX_MESSAGE_BYTES - this.#length);
      if (size === 0) return [...items, this.#lose(sipError('sip.too-large'), null)];
      this.#append(chunk.subarray(at, at + size));
      at += size;
      this.#take(items);
    }
    return items;
  }

  #append(bytes: Uint8Array): void {
    if (this.#end + bytes.length > this.#buffer.length) {
      const room = this.#length + bytes.length;
      const next = room > this.#buffer.length ? new Uint8Array(Math.max(this.#buffer.length * 2, room)) : this.#buffer;
      next.set(this.#unread());
      this.#end = this.#length;
      this.#start = 0;
      this.#buffer = next;
    }
    this.#buffer.set(bytes, this.#end);
    this.#end += bytes.length;
  }

  #take(items: StreamItem[]): void {
    while (!this.#lost && this.#length > 0) {
      if (!this.#head) {
        if (this.#takeBlank(items)) continue;
        const found = this.#findHead(items);
        if (!found) return;
        this.#head = found;
      }
      const { scanned, bodyLength } = this.#head;
      const end = scanned.bodyStart + bodyLength;
      if (this.#length < end) {
        if (end > MAX_MESSAGE_BYTES) items.push(this.#lose(sipError('sip.too-large'), null));
        return;
      }
      items.push(this.#finish(scanned, this.#unread().slice(scanned.bodyStart, end)));
      this.#drop(end);
    }
  }

  /** Empty lines before a start line. True when something was taken. */
  #takeBlank(items: StreamItem[]): boolean {
    const [a, b, c, d] = this.#unread();
    if (a === CR && b === LF && c === CR && d === LF) {
      items.push({ type: 'ping' });
      this.#drop(4);
      return true;
    }
    // Half a ping may be all that has come yet.
    if (a === CR && (b === undefined || (b === LF && (c === undefined || (c === CR && d === undefined))))) return false;
    if (a === LF || (a === CR && b === LF)) {
      this.#drop(a === LF ? 1 : 2);
      return true;
    }
    return false;
  }

  #findHead(items: StreamItem[]): { scanned: ScannedHead; bodyLength: number } | null {
    const bytes = this.#unread();
    if (endOfHead(bytes, Math.max(0, this.#searched - 3)) < 0) {
      this.#searched = this.#length;
      return null;
    }
    try {
      const scanned = scanHead(bytes);
      const length = contentLength(scanned.headers) ?? 0;
      if (length !== 'bad') return { scanned, bodyLength: length };
      const error = sipError('sip.bad-content-length');
      items.push(this.#lose(error, finish(scanned, bytes.slice(scanned.bodyStart), error)));
    } catch (error) {
      if (!isCallwrightError(error)) throw error;
      items.push(this.#lose(error, null));
    }
    return null;
  }

  #finish(scanned: ScannedHead, body: Uint8Array): StreamItem {
    try {
      return { type: 'message', reading: finish(scanned, body, null) };
    } catch (error) {
      if (!isCallwrightError(error)) throw error;
      return this.#lose(error, null);
    }
  }

  #lose(error: CallwrightError, reading: Reading | null): StreamItem {
    this.#lost = true;
    this.#start = this.#end = 0;
    return { type: 'lost', error, reading };
  }

  #drop(count: number): void {
    if (this.#lost) return;
    this.#start += count;
    this.#searched = 0;
    this.#head = null;
    if (this.#length > 0) return;
    this.#start = this.#end = 0;
    if (this.#buffer.length > 16_384) this.#buffer = new Uint8Array(4096);
  }
}
