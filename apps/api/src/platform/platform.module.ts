import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { Clock } from '@callwright/kernel';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { Audit } from '../audit/audit.js';
import type { Config } from './config/config.js';
import { Passwords } from './crypto/passwords.js';
import { SecretBox } from './crypto/secret-box.js';
import { Database } from './database/database.js';
import { openDatabase } from './database/open-database.js';
import { Egress } from './egress/egress.js';
import { OwnPorts } from './egress/own-ports.js';
import { Metrics } from './metrics/metrics.js';
import { CLOCK, CONFIG, LOGGER } from './tokens.js';

/** What every feature stands on. */
@Global()
@Module({})
export class PlatformModule {
  static with(config: Config, logger: Logger, clock: Clock): DynamicModule {
    const shared = [Database, Audit, Passwords, SecretBox, Metrics, OwnPorts, Egress];
    return {
      module: PlatformModule,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: LOGGER, useValue: logger },
        { provide: CLOCK, useValue: clock },
        { provide: DataSource, useFactory: () => openDatabase(config) },
        ...shared,
      ],
      exports: [CONFIG, LOGGER, CLOCK, ...shared],
    };
  }
}
