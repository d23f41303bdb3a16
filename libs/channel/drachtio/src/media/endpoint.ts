import type { Logger } from '@callwright/channel-embedded/calls';
import { freeswitchRefused } from '../errors.js';
import type { EslEvent, FsEndpoint } from '../packages.js';
import { commandArguments } from './command.js';

/** Events beyond those that drachtio-fsmrf asks for. */
const EVENTS = 'PLAYBACK_START RECORD_STOP CUSTOM conference::maintenance';
/** How long FreeSWITCH may take to say goodbye; it may never do. */
const GOODBYE_MS = 2_000;

/** One leg in FreeSWITCH: commands go out in order, each with arguments that were looked at; what never settles is not waited for. */
export class Endpoint {
  readonly #endpoint: FsEndpoint;
  readonly #logger: Logger;
  #closing: Promise<void> | null = null;

  constructor(endpoint: FsEndpoint, logger: Logger) {
    this.#endpoint = endpoint;
    this.#logger = logger;
    const { conn } = endpoint;
    // drachtio-modesl 1.3.1 writes a command in several pieces; with Nagle's algorithm each would wait for 40 ms.
    conn?.socket.setNoDelay(true);
    // Otherwise events of the last moment are lost when FreeSWITCH itself hangs up.
    conn?.sendRecv('linger 5');
    conn?.subscribe(EVENTS);
  }

  get uuid(): string {
    return this.#endpoint.uuid;
  }

  get mediaAddress(): string {
    return this.#endpoint.local.mediaIp;
  }

  get mediaPort(): number {
    return Number(this.#endpoint.local.mediaPort);
  }

  get closed(): boolean {
    return this.#closing !== null || !this.#endpoint.connected;
  }

  onDigit(listener: (digit: { dtmf: string; duration: string; source: string }) => void): void {
    this.#endpoint.on('dtmf', listener);
  }

  /** FreeSWITCH ended it, or is gone; `reason` is a cause of Q.850 in FreeSWITCH's words, or undefined. */
  onGone(listener: (reason: string | undefined) => void): void {
    this.#endpoint.on('destroy', (how) => {
      if (!this.#closing) listener(how?.reason);
    });
  }

  onEvent(name: string, listener: (event: EslEvent) => void): void {
    this.#endpoint.conn?.on(`esl::event::${name}::${this.uuid}`, listener);
  }

  /** An API command about this leg; rejects with `freeswitch.refused`. */
  async command(name: string, ...values: readonly (string | number)[]): Promise<string> {
    const args = commandArguments(...values);
    if (this.#endpoint.conn === null) throw freeswitchRefused(name, 'the leg is gone');
    const body = (await this.#endpoint.api(name, args)).getBody() ?? '';
    if (body.startsWith('-')) throw freeswitchRefused(`${name} ${args}`, body.trim());
    return body;
  }

  /** As `command`, for what changes nothing when it comes too late. */
  tell(name: string, ...values: readonly (string | number)[]): void {
    this.command(name, ...values).catch((error: unknown) =>
      this.#logger.debug('FreeSWITCH did not do what it was told.', { leg: this.uuid, error: String(error) }),
    );
  }

  /** Runs an application; resolves when it has ended, and never when the leg ends first. */
  execute(application: string, ...values: readonly (string | number)[]): Promise<EslEvent> {
    return this.#endpoint.execute(application, commandArguments(...values));
  }

  /** Gives FreeSWITCH another description of the far end. */
  async modify(sdp: string): Promise<void> {
    await this.#endpoint.dialog.modify(sdp);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (!this.#endpoint.connected) return;
    let cancel = () => undefined as void;
    const patience = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, GOODBYE_MS);
      cancel = () => clearTimeout(timer);
    });
    const goodbye = this.#endpoint.destroy().catch((error: unknown) => {
      this.#logger.debug('A leg in FreeSWITCH was gone already.', { leg: this.uuid, error: String(error) });
    });
    await Promise.race([goodbye, patience]);
    cancel();
  }
}
