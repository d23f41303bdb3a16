import koffi from 'koffi';
import { FAX_LIBRARY } from './library.js';

type Pointer = unknown;

/** The functions of spandsp 0.0.6 that a terminal needs, as C declares them. */
const DECLARATIONS = {
  fax_init: 'void *fax_init(void *s, int calling_party)',
  fax_free: 'int fax_free(void *s)',
  fax_rx: 'int fax_rx(void *s, void *amp, int len)',
  fax_rx_fillin: 'int fax_rx_fillin(void *s, int len)',
  fax_tx: 'int fax_tx(void *s, void *amp, int max_len)',
  fax_set_transmit_on_idle: 'void fax_set_transmit_on_idle(void *s, int on)',
  fax_get_t30_state: 'void *fax_get_t30_state(void *s)',
  t38_terminal_init: 'void *t38_terminal_init(void *s, int calling_party, void *handler, void *user_data)',
  t38_terminal_free: 'int t38_terminal_free(void *s)',
  t38_terminal_send_timeout: 'int t38_terminal_send_timeout(void *s, int samples)',
  t38_terminal_get_t30_state: 'void *t38_terminal_get_t30_state(void *s)',
  t38_terminal_get_t38_core_state: 'void *t38_terminal_get_t38_core_state(void *s)',
  t38_core_rx_ifp_packet: 'int t38_core_rx_ifp_packet(void *s, void *buf, int len, uint16_t seq_no)',
  t38_set_t38_version: 'void t38_set_t38_version(void *s, int version)',
  t38_set_data_rate_management_method: 'void t38_set_data_rate_management_method(void *s, int method)',
  t38_set_max_datagram_size: 'void t38_set_max_datagram_size(void *s, int size)',
  t38_set_fastest_image_data_rate: 'void t38_set_fastest_image_data_rate(void *s, int max_rate)',
  t38_set_fill_bit_removal: 'void t38_set_fill_bit_removal(void *s, int on)',
  t30_set_tx_file: 'void t30_set_tx_file(void *s, str file, int start_page, int stop_page)',
  t30_set_rx_file: 'void t30_set_rx_file(void *s, str file, int stop_page)',
  t30_set_tx_ident: 'int t30_set_tx_ident(void *s, str id)',
  t30_get_rx_ident: 'str t30_get_rx_ident(void *s)',
  t30_set_tx_page_header_info: 'int t30_set_tx_page_header_info(void *s, str info)',
  t30_set_ecm_capability: 'int t30_set_ecm_capability(void *s, int enabled)',
  t30_set_rx_encoding: 'int t30_set_rx_encoding(void *s, int encoding)',
  t30_set_supported_modems: 'int t30_set_supported_modems(void *s, int modems)',
  t30_set_supported_compressions: 'int t30_set_supported_compressions(void *s, int compressions)',
  t30_set_supported_resolutions: 'int t30_set_supported_resolutions(void *s, int resolutions)',
  t30_set_supported_image_sizes: 'int t30_set_supported_image_sizes(void *s, int sizes)',
  t30_set_phase_d_handler: 'void t30_set_phase_d_handler(void *s, void *handler, void *user_data)',
  t30_set_phase_e_handler: 'void t30_set_phase_e_handler(void *s, void *handler, void *user_data)',
  t30_set_real_time_frame_handler: 'void t30_set_real_time_frame_handler(void *s, void *handler, void *user_data)',
  t30_get_transfer_statistics: 'void t30_get_transfer_statistics(void *s, void *stats)',
  t30_completion_code_to_str: 'str t30_completion_code_to_str(int code)',
  t30_terminate: 'void t30_terminate(void *s)',
  span_set_message_handler: 'void span_set_message_handler(void *handler)',
} as const;

type Functions = Readonly<Record<keyof typeof DECLARATIONS, (...args: Pointer[]) => Pointer>>;

/** What the library calls back, for one terminal. */
export interface TerminalListener {
  /** The end of a page is settled; the code is the T.30 message that settled it. */
  phaseD(code: number): void;
  /** It is over. */
  phaseE(code: number): void;
  /** A T.30 message on its way in or out. */
  frame(incoming: boolean, frame: Uint8Array): void;
  /** An IFP packet is to be sent. */
  ifp(packet: Uint8Array): void;
}

/** Of a page, as `t30_stats_t` of spandsp 0.0.6 has it: fifteen ints. Version 3 has others. */
export interface TransferStatistics {
  readonly bitRate: number;
  readonly ecm: boolean;
  readonly pagesSent: number;
  readonly pagesReceived: number;
  readonly pagesInFile: number;
  /** Pixels a metre. */
  readonly xResolution: number;
  readonly yResolution: number;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly encoding: number;
  readonly badRows: number;
  readonly longestBadRun: number;
  readonly retries: number;
  readonly status: number;
}

/**
 * libspandsp, bound once a thread. Callbacks are a scarce good (8,192 a process), so there is one of each kind, and the number of a
 * terminal travels through the library as its `user_data`.
 */
export class Spandsp {
  readonly call: Functions;
  readonly #listeners = new Map<bigint, TerminalListener>();
  readonly #statistics = new Int32Array(15);
  readonly #handlers: Readonly<Record<'phaseD' | 'phaseE' | 'frame' | 'ifp', Pointer>>;
  #next = 1n;

  constructor() {
    const library = koffi.load(FAX_LIBRARY);
    this.call = Object.fromEntries(
      Object.entries(DECLARATIONS).map(([name, declaration]) => [name, library.func(declaration)]),
    ) as unknown as Functions;
    this.#handlers = this.#registerHandlers();
    // It writes to standard output by itself otherwise; what matters it says through its handlers.
    this.call.span_set_message_handler(null);
  }

  /** Gives the number under which a terminal is called back. */
  listen(listener: TerminalListener): bigint {
    const user = this.#next++;
    this.#listeners.set(user, listener);
    return user;
  }

  forget(user: bigint): void {
    this.#listeners.delete(user);
  }

  get ifpHandler(): Pointer {
    return this.#handlers.ifp;
  }

  watch(t30: Pointer, user: bigint): void {
    this.call.t30_set_phase_d_handler(t30, this.#handlers.phaseD, user);
    this.call.t30_set_phase_e_handler(t30, this.#handlers.phaseE, user);
    this.call.t30_set_real_time_frame_handler(t30, this.#handlers.frame, user);
  }

  statistics(t30: Pointer): TransferStatistics {
    this.call.t30_get_transfer_statistics(t30, new Uint8Array(this.#statistics.buffer));
    const at = (index: number) => this.#statistics[index]!;
    return {
      bitRate: at(0),
      ecm: at(1) !== 0,
      pagesSent: at(2),
      pagesReceived: at(3),
      pagesInFile: at(4),
      xResolution: at(5),
      yResolution: at(6),
      width: at(7),
      height: at(8),
      bytes: at(9),
      encoding: at(10),
      badRows: at(11),
      longestBadRun: at(12),
      retries: at(13),
      status: at(14),
    };
  }

  #registerHandlers() {
    const of = (user: Pointer) => this.#listeners.get(BigInt(user as number | bigint));
    // As integers: a pointer type would make an object of the number.
    const phaseD = koffi.pointer(koffi.proto('int FaxPhaseD(void *s, intptr_t user, int code)'));
    const phaseE = koffi.pointer(koffi.proto('void FaxPhaseE(void *s, intptr_t user, int code)'));
    const frame = koffi.pointer(koffi.proto('void FaxFrame(void *s, intptr_t user, int incoming, void *msg, int len)'));
    const ifp = koffi.pointer(koffi.proto('int FaxIfp(void *s, intptr_t user, void *buf, int len, int count)'));
    const bytes = (pointer: Pointer, length: number) =>
      Uint8Array.from(koffi.decode(pointer, 'uint8_t', length) as Iterable<number>);
    return {
      phaseD: koffi.register((_s: Pointer, user: Pointer, code: number) => {
        of(user)?.phaseD(code);
        return 0;
      }, phaseD),
      phaseE: koffi.register((_s: Pointer, user: Pointer, code: number) => of(user)?.phaseE(code), phaseE),
      frame: koffi.register((_s: Pointer, user: Pointer, incoming: number, message: Pointer, length: number) => {
        if (length > 0) of(user)?.frame(incoming !== 0, bytes(message, length));
      }, frame),
      ifp: koffi.register((_s: Pointer, user: Pointer, packet: Pointer, length: number) => {
        of(user)?.ifp(bytes(packet, length));
        return 0;
      }, ifp),
    };
  }
}
