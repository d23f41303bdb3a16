import {
  completionOf,
  describeFrame,
  settingsOf,
  type FaxDirection,
  type FaxModem,
  type FaxPage,
  type FaxSettings,
  type FaxSetup,
  type FaxSignal,
} from '@callwright/fax';
import type { Spandsp, TerminalListener, TransferStatistics } from './spandsp.js';

export const FRAME_SAMPLES = 160;

/** What the far end takes of T.38, as its SDP says. */
export interface T38Limits {
  readonly version: number;
  readonly maxBitRate: number;
  /** In bytes. */
  readonly maxDatagram: number;
  readonly rateManagement: 'transferredTCF' | 'localTCF';
  readonly fillBitRemoval: boolean;
}

export interface TerminalRequest {
  readonly direction: FaxDirection;
  /** A TIFF file to send, or where to write what comes. */
  readonly file: string;
  readonly setup: FaxSetup;
}

/** How a terminal ended. */
export interface TerminalEnd {
  readonly code: number;
  /** The library's own words. */
  readonly text: string;
  /** Pages that were confirmed or received. */
  readonly pages: number;
}

export interface TerminalEvents {
  signal(signal: FaxSignal): void;
  negotiated(settings: FaxSettings): void;
  page(page: FaxPage): void;
  ended(end: TerminalEnd): void;
}

const MODEM_BITS: Readonly<Record<FaxModem, number>> = { v27ter: 0x01, v29: 0x02, v17: 0x04 };
const COMPRESSION_BITS = { MH: 0x02, MR: 0x04, MMR: 0x08 } as const;
/** Standard, fine and superfine, all at 8 pixels a mm across; superfine also at 16. */
const RESOLUTION_BITS = {
  STANDARD: 0x01 | 0x2_0000,
  FINE: 0x02 | 0x2_0000,
  SUPERFINE: 0x04 | 0x2_0000 | 0x4_0000,
} as const;
const WIDTH_BITS = { A4: 0x01, B4: 0x02, A3: 0x04 } as const;
/** Any length; A4, B4, US letter and US legal among them. */
const LENGTH_BITS = 0x1_0000 | 0x2_0000 | 0x4_0000 | 0x8_0000 | 0x10_0000;
const COMPRESSIONS: Readonly<Record<number, string>> = { 1: 'MH', 2: 'MR', 3: 'MMR' };
/** Received pages are kept in T.6, whatever they came in: the smallest that every reader knows. */
const STORE_AS_T6 = 3;
const INCHES_PER_METRE = 39.370_079;

const bitsOf = <Name extends string>(names: readonly Name[], bits: Readonly<Record<Name, number>>): number =>
  names.reduce((sum, name) => sum | bits[name], 0);

/**
 * One fax machine over libspandsp: a T.30 procedure with its modems (`AudioTerminal`) or with T.38 packets (`PacketTerminal`). It takes
 * and gives 20 ms at a time and knows no clock. The end of a page blocks for milliseconds: never on a thread that carries voice.
 */
abstract class Terminal implements TerminalListener {
  readonly direction: FaxDirection;
  protected readonly spandsp: Spandsp;
  protected readonly user: bigint;
  readonly #request: TerminalRequest;
  readonly #events: TerminalEvents;
  #t30: unknown = null;
  #pages = 0;
  #proposed: ReturnType<typeof settingsOf> = null;
  #settled = '';
  #ended = false;
  /** What happens within a call of the library is told after it: a listener may end the terminal. */
  #pending: (() => void)[] = [];

  protected constructor(spandsp: Spandsp, request: TerminalRequest, events: TerminalEvents) {
    this.spandsp = spandsp;
    this.direction = request.direction;
    this.#request = request;
    this.#events = events;
    this.user = spandsp.listen(this);
  }

  protected abstract readonly standard: FaxSettings['standard'];
  protected abstract free(): void;
  abstract ifp(packet: Uint8Array): void;

  get ended(): boolean {
    return this.#ended;
  }

  /** Pages that were confirmed or received so far. */
  get pages(): number {
    return this.#pages;
  }

  phaseD(): void {
    this.#notePages();
  }

  phaseE(code: number): void {
    this.#notePages();
    this.#end(code);
  }

  frame(incoming: boolean, frame: Uint8Array): void {
    this.#proposed = settingsOf(frame) ?? this.#proposed;
    const signal = describeFrame(frame, incoming ? 'them' : 'us');
    if (!signal) return;
    this.#later(() => this.#events.signal(signal));
    // With the training confirmed, what was proposed holds (T.30 section 5.3.1).
    if (signal.signal === 'CFR' && incoming === (this.direction === 'send')) this.#settle();
  }

  /** The far end is gone: what was still to come does not come. */
  hungUp(): void {
    if (!this.#ended) this.within(() => this.spandsp.call.t30_terminate(this.#t30));
  }

  /** Ends it without a word, whatever it is doing. */
  close(): void {
    if (this.#t30 === null) return;
    this.#ended = true;
    this.#pending = [];
    this.spandsp.forget(this.user);
    this.#t30 = null;
    this.free();
  }

  /** Calls the library, then tells what happened in it. */
  protected within<T>(work: () => T): T {
    const value = work();
    const pending = this.#pending;
    this.#pending = [];
    for (const tell of pending) tell();
    return value;
  }

  protected begin(t30: unknown): void {
    const { call } = this.spandsp;
    const { direction, file, setup } = this.#request;
    this.#t30 = t30;
    call.t30_set_supported_modems(t30, bitsOf(setup.modems, MODEM_BITS));
    call.t30_set_supported_compressions(t30, bitsOf(setup.compressions, COMPRESSION_BITS));
    call.t30_set_supported_resolutions(t30, bitsOf(setup.resolutions, RESOLUTION_BITS));
    call.t30_set_supported_image_sizes(t30, bitsOf(setup.papers, WIDTH_BITS) | LENGTH_BITS);
    call.t30_set_ecm_capability(t30, setup.ecm ? 1 : 0);
    call.t30_set_rx_encoding(t30, STORE_AS_T6);
    call.t30_set_tx_ident(t30, setup.localIdent);
    if (setup.headerText !== '') call.t30_set_tx_page_header_info(t30, setup.headerText);
    if (direction === 'send') {
      call.t30_set_tx_file(t30, file, setup.firstPage - 1, setup.lastPage === null ? -1 : setup.lastPage - 1);
    } else call.t30_set_rx_file(t30, file, -1);
    this.spandsp.watch(t30, this.user);
  }

  #settle(): void {
    const proposed = this.#proposed;
    if (!proposed) return;
    const remoteIdent = String(this.spandsp.call.t30_get_rx_ident(this.#t30) ?? '').trim();
    const settings = { standard: this.standard, ...proposed, remoteIdent };
    const written = JSON.stringify(settings);
    if (written === this.#settled) return;
    this.#settled = written;
    this.#later(() => this.#events.negotiated(settings));
  }

  /** Statistics hold the last page only, so each is noted when its end is settled. */
  #notePages(): void {
    const statistics = this.spandsp.statistics(this.#t30);
    const pages = this.direction === 'send' ? statistics.pagesSent : statistics.pagesReceived;
    if (pages <= this.#pages) return;
    this.#pages = pages;
    const page = pageOf(statistics, this.#request.setup.firstPage - 1 + pages, this.direction);
    this.#later(() => this.#events.page(page));
  }

  #end(code: number): void {
    if (this.#ended) return;
    this.#ended = true;
    const text = String(this.spandsp.call.t30_completion_code_to_str(code) ?? completionOf(code).name);
    const pages = this.#pages;
    this.#later(() => this.#events.ended({ code, text, pages }));
  }

  #later(tell: () => void): void {
    this.#pending.push(tell);
  }
}

/** T.30 over audio of 8,000 samples a second. */
export class AudioTerminal extends Terminal {
  protected readonly standard = 'T.30';
  #fax: unknown;

  constructor(spandsp: Spandsp, request: TerminalRequest, events: TerminalEvents) {
    super(spandsp, request, events);
    // Who sends begins as the one that called, whoever did.
    this.#fax = spandsp.call.fax_init(null, request.direction === 'send' ? 1 : 0);
    spandsp.call.fax_set_transmit_on_idle(this.#fax, 1);
    this.begin(spandsp.call.fax_get_t30_state(this.#fax));
  }

  /** A frame of 160 samples that came. */
  hear(frame: Int16Array): void {
    if (!this.ended) this.within(() => this.spandsp.call.fax_rx(this.#fax, frame, frame.length));
  }

  /** So many samples did not come. Nothing else may take their place: silence destroys a page, concealment too. */
  miss(samples: number): void {
    if (!this.ended) this.within(() => this.spandsp.call.fax_rx_fillin(this.#fax, samples));
  }

  /** Fills the next frame of 160 samples that goes out. */
  say(frame: Int16Array): void {
    const made = this.ended ? 0 : Number(this.within(() => this.spandsp.call.fax_tx(this.#fax, frame, frame.length)));
    if (made < frame.length) frame.fill(0, made);
  }

  ifp(): void {
    // Audio has none.
  }

  protected free(): void {
    this.spandsp.call.fax_free(this.#fax);
    this.#fax = null;
  }
}

/** T.30 in T.38 packets. */
export class PacketTerminal extends Terminal {
  protected readonly standard = 'T.38';
  readonly #send: (ifp: Uint8Array) => void;
  readonly #core: unknown;
  #fax: unknown;

  constructor(
    spandsp: Spandsp,
    request: TerminalRequest,
    limits: T38Limits,
    events: TerminalEvents,
    send: (ifp: Uint8Array) => void,
  ) {
    super(spandsp, request, events);
    const { call } = spandsp;
    this.#send = send;
    this.#fax = call.t38_terminal_init(null, request.direction === 'send' ? 1 : 0, spandsp.ifpHandler, this.user);
    this.#core = call.t38_terminal_get_t38_core_state(this.#fax);
    call.t38_set_t38_version(this.#core, limits.version);
    call.t38_set_max_datagram_size(this.#core, limits.maxDatagram);
    call.t38_set_data_rate_management_method(this.#core, limits.rateManagement === 'localTCF' ? 1 : 2);
    call.t38_set_fill_bit_removal(this.#core, limits.fillBitRemoval ? 1 : 0);
    call.t38_set_fastest_image_data_rate(this.#core, Math.min(limits.maxBitRate, request.setup.maxDataRate));
    this.begin(call.t38_terminal_get_t30_state(this.#fax));
  }

  hear(ifp: Uint8Array, sequence: number): void {
    if (!this.ended) this.within(() => this.spandsp.call.t38_core_rx_ifp_packet(this.#core, ifp, ifp.length, sequence));
  }

  /** So many samples of time have passed; what is due is sent. */
  pass(samples: number): void {
    if (!this.ended) this.within(() => this.spandsp.call.t38_terminal_send_timeout(this.#fax, samples));
  }

  ifp(packet: Uint8Array): void {
    this.#send(packet);
  }

  protected free(): void {
    this.spandsp.call.t38_terminal_free(this.#fax);
    this.#fax = null;
  }
}

const dpi = (perMetre: number) => Math.round(perMetre / INCHES_PER_METRE);

const resolutionOf = ({ xResolution, yResolution }: TransferStatistics): string =>
  xResolution > 0 && yResolution > 0 ? `${dpi(xResolution)}x${dpi(yResolution)}` : '';

const pageOf = (statistics: TransferStatistics, page: number, direction: FaxDirection): FaxPage => ({
  page,
  bitRate: statistics.bitRate,
  ecm: statistics.ecm,
  compression: COMPRESSIONS[statistics.encoding] ?? '',
  resolution: resolutionOf(statistics),
  width: statistics.width,
  height: statistics.height,
  bytes: statistics.bytes,
  badRows: statistics.badRows,
  longestBadRun: statistics.longestBadRun,
  retries: statistics.retries,
  quality:
    direction === 'send' || statistics.height === 0
      ? 1
      : Math.max(0, 1 - statistics.badRows / (statistics.height + statistics.badRows)),
});
