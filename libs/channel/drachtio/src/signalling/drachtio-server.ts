import type { Logger } from '@callwright/channel-embedded/calls';
import { drachtioUnreachable } from '../errors.js';
import type { Packages, Srf } from '../packages.js';

const CONNECT_MS = 5_000;

export interface DrachtioServerOptions {
  readonly host: string;
  readonly port: number;
  readonly secret: string;
  readonly packages: Packages;
  readonly logger: Logger;
}

/** Our connection to drachtio-server. When it breaks, drachtio-srf makes it anew by itself. */
export class DrachtioServer {
  readonly srf: Srf;
  /** Where drachtio-server hears SIP: `127.0.0.1:5060`. */
  address = '';
  #connected = false;

  private constructor(srf: Srf) {
    this.srf = srf;
  }

  /** Rejects with `drachtio.unreachable` when there is no answer, or the secret is wrong. */
  static async connect({ host, port, secret, packages, logger }: DrachtioServerOptions): Promise<DrachtioServer> {
    const srf = packages.newSrf();
    const server = new DrachtioServer(srf);
    const name = `${host}:${port}`;
    let settle: (error: Error | null) => void = () => undefined;
    const first = new Promise<Error | null>((resolve) => (settle = resolve));
    const late = setTimeout(() => settle(new Error(`no answer within ${CONNECT_MS} ms`)), CONNECT_MS);
    srf.on('connect', (error, hostPort) => {
      if (!error) {
        if (server.address !== '') logger.info('drachtio-server is there again.', { server: name });
        server.#connected = true;
        server.address = /udp\/([^,\s]+)/.exec(hostPort)?.[1] ?? hostPort;
      }
      settle(error);
    });
    srf.on('error', (error) => {
      server.#connected = false;
      logger.warn('The connection to drachtio-server failed.', { server: name, error: String(error) });
      settle(error);
    });
    srf.on('disconnect', () => (server.#connected = false));
    srf.connect({ host, port, secret });
    const error = await first;
    clearTimeout(late);
    if (!error) return server;
    srf.disconnect();
    throw drachtioUnreachable(name, error.message);
  }

  get connected(): boolean {
    return this.#connected;
  }

  close(): void {
    this.#connected = false;
    this.srf.disconnect();
  }
}
