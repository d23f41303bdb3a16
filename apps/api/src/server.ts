import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Telephony } from '@callwright/channel-contract';
import type { Clock } from '@callwright/kernel';
import type { Logger } from 'pino';
import 'reflect-metadata';
import { AppModule } from './app.module.js';
import { SetUpLink } from './auth/set-up-link.js';
import { CallRegistry } from './calls/call-registry.js';
import { securityHeaders, serveApiDocs, serveDesigner } from './designer/pages.js';
import { LiveAdapter } from './live/live.adapter.js';
import { Bus } from './platform/bus/bus.js';
import type { Config } from './platform/config/config.js';
import { Database } from './platform/database/database.js';
import { OwnPorts } from './platform/egress/own-ports.js';
import { describeApi } from './platform/http/openapi.js';
import { jsonBody, refuseNul, refuseOtherBodies } from './platform/http/request-checks.js';
import { requestLog } from './platform/http/request-log.js';
import { validationPipe } from './platform/http/validation.js';
import { createLogger, NestLogger } from './platform/logging/logger.js';
import { Metrics } from './platform/metrics/metrics.js';
import { serveMetrics } from './platform/metrics/metrics-server.js';
import { PlatformModule } from './platform/platform.module.js';
import { systemClock } from './platform/time/system-clock.js';
import { TELEPHONY } from './platform/tokens.js';
import { createTelephony } from './telephony/create-telephony.js';
import type { TelephonyFactory } from './telephony/telephony-factory.js';
import { TelephonyLife } from './telephony/telephony-life.js';

export interface ServerOptions {
  readonly clock?: Clock;
  readonly telephony?: TelephonyFactory;
  readonly logger?: Logger;
}

/** The process as a whole: what it shows when it is ready, and how it ends. */
export class Server {
  #metricsServer: HttpServer | undefined;
  #closing: Promise<void> | undefined;

  private constructor(
    readonly app: NestExpressApplication,
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Puts everything together and listens. */
  static async start(config: Config, options: ServerOptions = {}): Promise<Server> {
    const logger = options.logger ?? createLogger(config);
    const clock = options.clock ?? systemClock;
    const platform = PlatformModule.with({ config, logger, clock, telephony: options.telephony ?? createTelephony });
    const app = await NestFactory.create<NestExpressApplication>(AppModule.with(platform), {
      bodyParser: false,
      logger: new NestLogger(logger),
      abortOnError: false,
    });
    try {
      const server = new Server(app, config, clock, logger);
      await server.#listen();
      return server;
    } catch (error) {
      await app.close();
      await app.get(Database).close();
      throw error;
    }
  }

  /** `http://HOST:PORT`, such as a browser can open. */
  get url(): string {
    const { address, port, family } = this.#address;
    if (address === '0.0.0.0' || address === '::') return `http://localhost:${port}`;
    return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  }

  /** `sip:HOST:PORT` */
  get sipUri(): string {
    return `sip:${this.app.get<Telephony>(TELEPHONY).health().address.replace(/^sip:/, '')}`;
  }

  /** The one-time link, while no administrator exists. */
  get setUpUrl(): string | null {
    const { token } = this.app.get(SetUpLink);
    return token === null ? null : `${this.url}/setup#${token}`;
  }

  /** An error that nobody caught. It is one call's or one request's: the others go on, and an operator is told. */
  fault(error: unknown): void {
    this.app.get(Metrics).faults.inc();
    this.logger.fatal({ err: error }, 'an error that nobody caught');
  }

  /** Takes no new calls, lets those that run come to their end for so long, and closes (reliability G4). */
  async shutDown(patienceMs = this.config.SHUTDOWN_SECONDS * 1000): Promise<void> {
    this.app.get(TelephonyLife).drain();
    const registry = this.app.get(CallRegistry);
    let cancel = () => {};
    const patience = new Promise<void>((resolve) => (cancel = this.clock.at(this.clock.now() + patienceMs, resolve)));
    await Promise.race([registry.whenEmpty(), patience]);
    cancel();
    await this.close();
  }

  /** Ends what runs, now. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.app.get(TelephonyLife).stop();
    this.#metricsServer?.close();
    // Kept-alive connections and sockets of pages would hold the server open.
    const http = this.app.getHttpServer() as HttpServer;
    setTimeout(() => http.closeAllConnections(), 500).unref();
    http.closeIdleConnections();
    await this.app.close();
    await this.app.get(Database).close();
  }

  async #listen(): Promise<void> {
    const { app, config, logger } = this;
    app.set('trust proxy', 'loopback');
    app.disable('x-powered-by');
    app.disable('etag');
    app.useWebSocketAdapter(new LiveAdapter(app, app.get(Bus)));
    app.use(requestLog(app.get(Metrics), logger), securityHeaders, refuseNul, refuseOtherBodies, jsonBody);
    app.useGlobalPipes(validationPipe);
    serveApiDocs(app, describeApi(app, config.version));
    if (config.designerDir !== null) serveDesigner(app, config.designerDir);
    await app.listen(config.HTTP_PORT, config.HTTP_HOST);
    const ownPorts = app.get(OwnPorts);
    ownPorts.add(this.#address.port);
    ownPorts.add(Number(/:(\d+)$/.exec(this.sipUri)?.[1] ?? config.SIP_PORT));
    if (config.METRICS_BIND !== undefined) {
      this.#metricsServer = await serveMetrics(app.get(Metrics), config.METRICS_BIND);
      ownPorts.add((this.#metricsServer.address() as AddressInfo).port);
    }
  }

  get #address(): AddressInfo {
    return this.app.getHttpServer().address() as AddressInfo;
  }
}
