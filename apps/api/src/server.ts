import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Clock } from '@callwright/kernel';
import 'reflect-metadata';
import { AppModule } from './app.module.js';
import { SetUpLink } from './auth/set-up-link.js';
import type { Config } from './platform/config/config.js';
import { jsonBody, refuseNul, refuseOtherBodies } from './platform/http/request-checks.js';
import { validationPipe } from './platform/http/validation.js';
import { createLogger, NestLogger } from './platform/logging/logger.js';
import { PlatformModule } from './platform/platform.module.js';
import { systemClock } from './platform/time/system-clock.js';

export interface Server {
  readonly app: NestExpressApplication;
  /** `http://HOST:PORT` */
  readonly url: string;
  /** The one-time link, while no administrator exists. */
  readonly setUpUrl: string | null;
  close(): Promise<void>;
}

export interface ServerOptions {
  readonly clock?: Clock;
}

/** Puts the process together and listens. */
export async function startServer(config: Config, options: ServerOptions = {}): Promise<Server> {
  const logger = createLogger(config);
  const platform = PlatformModule.with(config, logger, options.clock ?? systemClock);
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(platform), {
    bodyParser: false,
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  app.set('trust proxy', 'loopback');
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(refuseNul, refuseOtherBodies, jsonBody);
  app.useGlobalPipes(validationPipe);
  await app.listen(config.HTTP_PORT, config.HTTP_HOST);
  const url = urlOf(app.getHttpServer().address() as AddressInfo);
  const { token } = app.get(SetUpLink);
  return { app, url, setUpUrl: token === null ? null : `${url}/setup#${token}`, close: () => app.close() };
}

/** An address that a browser can open: the wildcard address cannot. */
function urlOf({ address, port, family }: AddressInfo): string {
  if (address === '0.0.0.0' || address === '::') return `http://localhost:${port}`;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
