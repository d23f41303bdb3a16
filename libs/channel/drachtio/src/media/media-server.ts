import type { Logger, MediaParameters } from '@callwright/channel-embedded/calls';
import type { FsEndpoint, FsMediaServer, Packages, SipDialog, Srf } from '../packages.js';
import type { AudioCourier } from './courier.js';
import { farEndSdp, NOBODY } from './description.js';
import { Endpoint } from './endpoint.js';
import { FreeswitchSession } from './freeswitch-session.js';
import { Rooms } from './rooms.js';

/** The SIP profile of FreeSWITCH that takes legs from us. */
const PROFILE = 'drachtio_mrf';
/** Where FreeSWITCH connects to us for each leg; left out, the first address that is not loopback would be taken. */
const LISTEN = '127.0.0.1';
/** A description of ours has a codec that FreeSWITCH knows, so 488 is about a port. */
const PORT_TRIES = 5;
const CONNECT_MS = 5_000;

export interface MediaServerOptions {
  readonly host: string;
  readonly port: number;
  readonly secret: string;
  readonly packages: Packages;
  readonly srf: Srf;
  readonly courier: AudioCourier;
  readonly logger: Logger;
}

/** One FreeSWITCH: its event socket, and the legs in it. */
export class MediaServer {
  readonly rooms = new Rooms();
  readonly #options: MediaServerOptions;
  readonly #server: FsMediaServer;
  readonly #sessions = new Set<FreeswitchSession>();

  private constructor(options: MediaServerOptions, server: FsMediaServer) {
    this.#options = options;
    this.#server = server;
    server.conn.socket.setNoDelay(true);
    server.on('error', (error) =>
      options.logger.warn('The event socket of FreeSWITCH failed.', { error: String(error) }),
    );
  }

  /** Rejects with what drachtio-fsmrf says, after 5 s at the latest. */
  static async connect(options: MediaServerOptions): Promise<MediaServer> {
    const { host, port, secret, packages, srf, logger } = options;
    const mrf = packages.newMrf(withoutUnheard(srf, logger));
    const connecting = mrf.connect({ address: host, port, secret, listenAddress: LISTEN, profile: PROFILE });
    let cancel = () => undefined as void;
    const late = new Promise<never>((_resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer within ${CONNECT_MS} ms`)), CONNECT_MS);
      cancel = () => clearTimeout(timer);
    });
    try {
      return new MediaServer(options, await Promise.race([connecting, late]));
    } finally {
      cancel();
    }
  }

  get name(): string {
    return `${this.#options.host}:${this.#options.port}`;
  }

  get connected(): boolean {
    return this.#server.conn.connected();
  }

  get sessions(): number {
    return this.#sessions.size;
  }

  /** Makes a leg in FreeSWITCH; `parameters` null: its far end is not known yet. */
  async open(parameters: MediaParameters | null): Promise<FreeswitchSession> {
    const { courier, logger } = this.#options;
    const known = parameters ?? NOBODY;
    const endpoint = await this.#create(farEndSdp(known, 1));
    const session: FreeswitchSession = new FreeswitchSession({
      endpoint: new Endpoint(endpoint, logger),
      courier,
      rooms: this.rooms,
      logger,
      parameters: known,
      closed: () => this.#sessions.delete(session),
    });
    this.#sessions.add(session);
    return session;
  }

  /** FreeSWITCH refuses a leg for which it finds somebody else on the port that it has chosen; the next one is another port. */
  async #create(remoteSdp: string, tries = PORT_TRIES): Promise<FsEndpoint> {
    try {
      return await this.#server.createEndpoint({ remoteSdp });
    } catch (error) {
      if ((error as { status?: unknown }).status !== 488 || tries === 1) throw error;
      return this.#create(remoteSdp, tries - 1);
    }
  }

  close(): void {
    this.#server.disconnect();
  }
}

/**
 * drachtio-fsmrf says goodbye to a leg that FreeSWITCH never called back for without listening whether that worked; the rejection would
 * be nobody's and end the process.
 */
function withoutUnheard(srf: Srf, logger: Logger): Pick<Srf, 'createUAC' | 'createUAS'> {
  const heard = (dialog: SipDialog): SipDialog => {
    const destroy = dialog.destroy.bind(dialog);
    dialog.destroy = (options) => {
      const goodbye = destroy(options ?? {});
      goodbye.catch((error: unknown) =>
        logger.debug('A leg in FreeSWITCH was gone already.', { error: String(error) }),
      );
      return goodbye;
    };
    return dialog;
  };
  return {
    createUAC: async (uri, invitation, progress) => heard(await srf.createUAC(uri, invitation, progress ?? {})),
    createUAS: (request, response, options) => srf.createUAS(request, response, options),
  };
}
