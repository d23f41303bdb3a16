import type { Spandsp, TerminalEvents } from '@callwright/fax-terminal';
import type { FaxMediaRequest, MediaParameters, T38Transport } from '../../port.js';
import type { SendPolicy } from '../../send-policy.js';
import { adoptRtpSocket } from '../../transport/raw-fd.js';
import type { ControlSocket, RtpSocket } from '../../transport/transport.js';
import { FarEnd } from '../../worker/far-end.js';
import type { Loan } from '../../worker/protocol.js';
import { RtpOutput, type StreamPosition } from '../../worker/rtp-output.js';
import { AudioCarrier, PacketCarrier, type Carrier } from './carrier.js';
import type { FaxEvent } from './protocol.js';

export interface FaxSessionSurroundings {
  readonly spandsp: Spandsp;
  readonly policy: SendPolicy;
  readonly buffer: Uint8Array;
  readonly tell: (event: FaxEvent) => void;
  readonly warn: (message: string, details: Readonly<Record<string, unknown>>) => void;
}

/** Reports stay with the media thread. */
const NO_CONTROL: ControlSocket = { onMessage: null, send: () => undefined };

/** One fax on a borrowed socket: first over audio, perhaps then over T.38. */
export class FaxSession {
  readonly #surroundings: FaxSessionSurroundings;
  readonly #request: FaxMediaRequest;
  readonly #socket: RtpSocket;
  readonly #farEnd: FarEnd;
  readonly #output = new RtpOutput();
  #parameters: MediaParameters | null;
  #carrier: Carrier | null = null;
  /** Pages that were through on carriers before this one. */
  #pagesBefore = 0;
  #startedAt: number | null = null;
  #saidGoodbye = false;
  #over = false;

  constructor(loan: Loan, request: FaxMediaRequest, surroundings: FaxSessionSurroundings) {
    this.#surroundings = surroundings;
    this.#request = request;
    this.#parameters = loan.parameters;
    this.#output.resume(loan.position);
    this.#socket = adoptRtpSocket(loan.descriptor, surroundings.buffer);
    const sockets = { rtp: this.#socket, rtcp: NO_CONTROL, descriptors: [], close: () => undefined };
    this.#farEnd = new FarEnd(sockets, surroundings);
    this.carry(request.t38);
  }

  /** Its end was told. */
  get over(): boolean {
    return this.#over;
  }

  turn(now: number): void {
    if (this.#over) return;
    this.#startedAt ??= now;
    this.#carrier?.turn(now);
    if (now - this.#startedAt > this.#request.setup.timeoutMs)
      this.#end({ type: 'fax-ended', end: null, message: 'timeout' });
  }

  configure(parameters: MediaParameters): void {
    this.#parameters = parameters;
    if (this.#carrier instanceof AudioCarrier) this.#carrier.configure(parameters);
  }

  /** Another carrier takes over. What was under way begins anew; what is through stays so. */
  carry(t38: T38Transport | null): void {
    if (this.#over) return;
    const before = this.#carrier?.terminal;
    // Goodbye is said: the far end wants its audio back, not another fax.
    if (before && this.#saidGoodbye) return this.stop('hung-up');
    this.#pagesBefore += before?.pages ?? 0;
    before?.close();
    this.#carrier = null;
    const { setup, direction, file } = this.#request;
    const { spandsp, buffer } = this.#surroundings;
    const firstPage = setup.firstPage + (direction === 'send' ? this.#pagesBefore : 0);
    const request = { direction, file, setup: { ...setup, firstPage } };
    const parts = { spandsp, farEnd: this.#farEnd, buffer, request, events: this.#events() };
    this.#farEnd.forget();
    if (t38) this.#carrier = new PacketCarrier(parts, t38, this.#parameters?.payloadType ?? null);
    else if (this.#parameters) this.#carrier = new AudioCarrier(parts, this.#output, this.#parameters);
  }

  stop(how: 'stopped' | 'hung-up'): void {
    if (this.#over) return;
    if (how === 'hung-up') this.#carrier?.terminal.hungUp();
    this.#end({ type: 'fax-ended', end: null });
  }

  /** Lets go of the socket. */
  close(): StreamPosition {
    this.#over = true;
    this.#carrier?.terminal.close();
    this.#carrier = null;
    this.#socket.unlock();
    return this.#output.position;
  }

  #events(): TerminalEvents {
    const { tell } = this.#surroundings;
    return {
      signal: (signal) => {
        this.#saidGoodbye ||= signal.signal === 'DCN';
        tell({ type: 'fax-signal', signal });
      },
      negotiated: (settings) => tell({ type: 'fax-settled', settings }),
      page: (page) => tell({ type: 'fax-page', page }),
      ended: (end) => this.#end({ type: 'fax-ended', end: { ...end, pages: end.pages + this.#pagesBefore } }),
    };
  }

  #end(event: FaxEvent): void {
    if (this.#over) return;
    this.#over = true;
    this.#surroundings.tell(event);
  }
}
