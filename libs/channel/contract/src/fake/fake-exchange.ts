import type { Clock } from '@callwright/kernel';
import { channelError, faxUnavailable } from '../errors.js';
import type { Headers } from '../words.js';
import type { CalleeBehaviour, DialRequest } from './callee.js';
import { FakeCall, type CallHost } from './fake-call.js';
import { FakePrompts, type FakePromptOptions } from './fake-prompts.js';
import { FakeRoom } from './fake-room.js';

export interface FakeExchangeOptions extends FakePromptOptions {
  readonly clock: Clock;
  /** What happens at a destination for which `callee` said nothing. Not given: there is nobody (`not-found`). */
  readonly onDial?: (request: DialRequest) => CalleeBehaviour | Promise<CalleeBehaviour>;
  /** Says no to destinations, as a workspace's limits would. */
  readonly policy?: (to: string) => 'outbound.not-allowed' | 'outbound.limit' | null;
  /** Pages of the fax documents, by name. Not given: every name exists and has one page; null: faxing is off. */
  readonly faxes?: Readonly<Record<string, number>> | null;
  /** Hears of each document that was received. */
  readonly onFaxReceived?: (fax: { call: FakeCall; document: string; pages: number }) => void;
  /** Hears of each complete recording. */
  readonly onRecorded?: (recording: { call: FakeCall; name: string; durationMs: number }) => void;
}

export interface FakeCallOptions {
  readonly id?: string;
  readonly workspaceId?: string;
  readonly from?: string;
  readonly to?: string;
  readonly headers?: Headers;
  /** Whether the caller's side can hear us before the answer. */
  readonly earlyMedia?: boolean;
}

export interface FakeOriginateOptions extends Omit<FakeCallOptions, 'earlyMedia'> {
  readonly to: string;
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 60_000;

/** The telephone network of a test: it makes calls, knows who can be called, and holds the conference rooms that calls share. */
export class FakeExchange implements CallHost {
  readonly clock: Clock;
  readonly #options: FakeExchangeOptions;
  readonly #prompts: FakePrompts;
  readonly #callees = new Map<string, CalleeBehaviour>();
  readonly #rooms = new Map<string, FakeRoom>();
  #count = 0;

  constructor(options: FakeExchangeOptions) {
    this.#options = options;
    this.clock = options.clock;
    this.#prompts = new FakePrompts(options);
  }

  /** Somebody calls us: the channel as a scenario gets it, not yet ringing. */
  call(options: FakeCallOptions = {}): FakeCall {
    const { from = '+37060000001', to = '1000', headers = {}, earlyMedia = true } = options;
    return new FakeCall(this, { ...this.#identity(options), direction: 'inbound', from, to, headers, earlyMedia });
  }

  /** We call somebody: the channel in state `calling`. Throws as `CallChannel.dial` rejects. */
  originate(options: FakeOriginateOptions): FakeCall {
    const { from = '1000', to, headers = {}, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
    this.checkPolicy(to);
    const call = new FakeCall(this, {
      ...this.#identity(options),
      direction: 'outbound',
      from,
      to,
      headers,
      earlyMedia: true,
    });
    call.place({ from, timeoutMs, headers });
    return call;
  }

  /** Says who answers at a destination (as a scenario writes it). */
  callee(to: string, behaviour: CalleeBehaviour): void {
    this.#callees.set(to, behaviour);
  }

  // --- What its calls ask ---

  pieces: CallHost['pieces'] = (prompt, recordings) => this.#prompts.pieces(prompt, recordings);

  room(workspaceId: string, name: string): FakeRoom {
    const key = `${workspaceId}/${name}`;
    const room = this.#rooms.get(key) ?? new FakeRoom(this.clock, () => this.#rooms.delete(key));
    this.#rooms.set(key, room);
    return room;
  }

  checkPolicy(to: string): void {
    const refusal = this.#options.policy?.(to);
    if (refusal) throw channelError(refusal, { to });
  }

  behaviour(request: DialRequest): CalleeBehaviour | Promise<CalleeBehaviour> {
    return this.#callees.get(request.to) ?? this.#options.onDial?.(request) ?? { then: 'not-found' };
  }

  recorded(call: FakeCall, name: string, durationMs: number): void {
    this.#options.onRecorded?.({ call, name, durationMs });
  }

  requireFax(): void {
    if (this.#options.faxes === null) throw faxUnavailable('Fax is off: there are no fax machines in this test.');
  }

  faxPages(document: string): number {
    const { faxes } = this.#options;
    const pages = faxes ? faxes[document] : 1;
    if (pages === undefined) throw channelError('fax.document-not-found', { name: document });
    return pages;
  }

  faxReceived(call: FakeCall, document: string, pages: number): void {
    this.#options.onFaxReceived?.({ call, document, pages });
  }

  #identity({ id, workspaceId = 'workspace' }: { id?: string; workspaceId?: string }) {
    return { id: id ?? `call-${(this.#count += 1)}`, workspaceId };
  }
}
