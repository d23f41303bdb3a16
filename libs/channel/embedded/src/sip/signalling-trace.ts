import type { LegName, SignallingMessage } from '@callwright/channel-contract';
import type { Clock, Unsubscribe } from '@callwright/kernel';
import { decodeUtf8 } from '@callwright/sip';
import { maskedText } from './signalling-mask.js';
import type { Peer, TransportName, Wiretap } from './transport/flow.js';

/** More says nothing new of a call: a peer that repeats itself without end. */
const MOST_OF_A_CALL = 400;
const MOST_BYTES_OF_A_CALL = 512 * 1024;
/** What came before it was known which call it is of (a challenge, an INVITE that is still decided on), of everybody together. */
const MOST_BYTES_BEFORE = 4 * 1024 * 1024;
const MOST_BEFORE = 12;
/** The answer to a BYE is there by then. */
const TOLD_AFTER_MS = 1000;
/** How long a dialog may still say goodbye (64 × T1, RFC 3261 section 17). */
const FORGOTTEN_AFTER_MS = 35_000;

/** Which call a dialog is of, and who sent its INVITE. */
export interface DialogOf {
  readonly callId: string;
  readonly leg: LegName;
  /** Call-ID. */
  readonly dialog: string;
  /** Tag of whoever sent the INVITE; without one: the empty text. */
  readonly fromTag: string;
  readonly weInvite: boolean;
}

/** Kept as it went over the wire: most of it nobody ever reads. */
interface Kept {
  readonly at: number;
  readonly direction: 'in' | 'out';
  readonly leg: LegName;
  readonly dialog: string;
  readonly transport: TransportName;
  readonly peer: Peer;
  readonly bytes: Uint8Array;
}

interface Record {
  messages: Kept[];
  count: number;
  bytes: number;
  readonly dialogs: Set<string>;
  timers: readonly Unsubscribe[];
}

type Tell = (callId: string, messages: SignallingMessage[]) => void;

/**
 * What every call says and hears in SIP, message by message: the ladder of a call. It listens at the sockets, so that also what
 * transactions repeat by themselves is there; what is secret is masked before anything leaves here.
 */
export class SignallingTrace implements Wiretap {
  readonly #clock: Clock;
  readonly #tell: Tell;
  readonly #records = new Map<string, Record>();
  /** By Call-ID; more than one where a call comes back to ourselves. */
  readonly #dialogs = new Map<string, readonly DialogOf[]>();
  /** By Call-ID, the first one first. */
  readonly #before = new Map<string, Kept[]>();
  #bytesBefore = 0;

  constructor(clock: Clock, tell: Tell) {
    this.#clock = clock;
    this.#tell = tell;
  }

  heard(bytes: Uint8Array, peer: Peer, transport: TransportName): void {
    this.#take('in', bytes, peer, transport);
  }

  said(bytes: Uint8Array, peer: Peer, transport: TransportName): void {
    this.#take('out', bytes, peer, transport);
  }

  /** From now on, and for what was heard a moment ago: this dialog is of that call's leg. */
  bind(of: DialogOf): void {
    const { callId, dialog } = of;
    const record = this.#records.get(callId) ?? { messages: [], count: 0, bytes: 0, dialogs: new Set(), timers: [] };
    this.#records.set(callId, record);
    record.dialogs.add(dialog);
    this.#dialogs.set(dialog, [...(this.#dialogs.get(dialog) ?? []), of]);
    const waiting = this.#before.get(dialog) ?? [];
    this.#dropBefore(dialog);
    for (const kept of waiting) this.#file(kept, textOf(kept.bytes));
  }

  /** What is not told yet of a call. */
  of(callId: string): readonly SignallingMessage[] {
    return (this.#records.get(callId)?.messages ?? []).map(readable);
  }

  /** The call is over; its last words may still be on their way. */
  ended(callId: string): void {
    const record = this.#records.get(callId);
    if (!record) return;
    const now = this.#clock.now();
    record.timers = [
      this.#clock.at(now + TOLD_AFTER_MS, () => this.#tellOf(callId)),
      this.#clock.at(now + FORGOTTEN_AFTER_MS, () => this.#forget(callId)),
    ];
  }

  /** Tells what is left of every call. */
  stop(): void {
    for (const callId of [...this.#records.keys()]) this.#forget(callId);
    this.#before.clear();
    this.#bytesBefore = 0;
  }

  #take(direction: 'in' | 'out', bytes: Uint8Array, peer: Peer, transport: TransportName): void {
    const text = textOf(bytes);
    const dialog = callIdOf(text);
    if (dialog === null) return;
    const known = this.#dialogs.has(dialog) || this.#before.has(dialog);
    if (!known && !text.startsWith('INVITE ')) return;
    this.#file({ at: this.#clock.now(), direction, leg: '', dialog, transport, peer, bytes }, text);
  }

  #file(kept: Kept, text: string): void {
    const owner = ownerOf(this.#dialogs.get(kept.dialog) ?? [], kept.direction, text);
    const record = owner && this.#records.get(owner.callId);
    if (!record) return this.#keepBefore(kept);
    if (record.count >= MOST_OF_A_CALL || record.bytes + kept.bytes.length > MOST_BYTES_OF_A_CALL) return;
    record.count += 1;
    record.bytes += kept.bytes.length;
    record.messages.push({ ...kept, leg: owner.leg });
  }

  #keepBefore(kept: Kept): void {
    const { dialog, bytes } = kept;
    const waiting = this.#before.get(dialog) ?? [];
    if (waiting.length >= MOST_BEFORE) return;
    waiting.push(kept);
    this.#before.set(dialog, waiting);
    this.#bytesBefore += bytes.length;
    for (const oldest of this.#before.keys()) {
      if (this.#bytesBefore <= MOST_BYTES_BEFORE) return;
      this.#dropBefore(oldest);
    }
  }

  #dropBefore(dialog: string): void {
    for (const { bytes } of this.#before.get(dialog) ?? []) this.#bytesBefore -= bytes.length;
    this.#before.delete(dialog);
  }

  #tellOf(callId: string): void {
    const record = this.#records.get(callId);
    if (!record || record.messages.length === 0) return;
    const messages = record.messages.map(readable);
    record.messages = [];
    this.#tell(callId, messages);
  }

  #forget(callId: string): void {
    const record = this.#records.get(callId);
    if (!record) return;
    for (const cancel of record.timers) cancel();
    this.#tellOf(callId);
    this.#records.delete(callId);
    for (const dialog of record.dialogs) {
      const others = (this.#dialogs.get(dialog) ?? []).filter((one) => one.callId !== callId);
      if (others.length > 0) this.#dialogs.set(dialog, others);
      else this.#dialogs.delete(dialog);
    }
  }
}

/** Byte for byte, which costs next to nothing; what it is looked through for is ASCII. */
const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

const FIELD = '\r\nCall-ID: ';

function callIdOf(text: string): string | null {
  const at = text.indexOf(FIELD);
  const end = at < 0 ? -1 : text.indexOf('\r', at + FIELD.length);
  if (end > 0) return text.slice(at + FIELD.length, end).trim();
  // The compact form, and whatever else RFC 3261 section 7.3.1 allows.
  return /^(?:Call-ID|i)[ \t]*:[ \t]*(\S+)/im.exec(text)?.[1] ?? null;
}

/** A Call-ID alone can be said by anybody: the tag of whoever began must stand there as well. */
function ownerOf(dialogs: readonly DialogOf[], direction: 'in' | 'out', text: string): DialogOf | undefined {
  const fitting = dialogs.filter(({ fromTag }) => text.includes(fromTag));
  if (fitting.length < 2) return fitting[0];
  // We talk to ourselves: what one leg says is what the other hears.
  const isRequest = !text.startsWith('SIP/2.0');
  const from = /^(?:From|f)[ \t]*:[^\r\n]*;tag=([^;\s]+)/im.exec(text)?.[1] ?? '';
  return fitting.find(({ fromTag, weInvite }) => {
    const bySenderOfInvite = (from === fromTag) === isRequest;
    return (direction === 'out') === (bySenderOfInvite === weInvite);
  });
}

const readable = ({ peer, bytes, ...message }: Kept): SignallingMessage => ({
  ...message,
  remote: `${peer.remoteAddress}:${peer.remotePort}`,
  text: maskedText(decodeUtf8(bytes)),
});
