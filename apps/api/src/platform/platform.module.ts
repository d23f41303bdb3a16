import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { Clock } from '@callwright/kernel';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { Audit } from '../audit/audit.js';
import type { TelephonyFactory } from '../telephony/telephony-factory.js';
import { Bus } from './bus/bus.js';
import type { Config } from './config/config.js';
import { Passwords } from './crypto/passwords.js';
import { SecretBox } from './crypto/secret-box.js';
import { Database } from './database/database.js';
import { openDatabase } from './database/open-database.js';
import { Egress } from './egress/egress.js';
import { OwnPorts } from './egress/own-ports.js';
import { InstanceId } from './instance-id.js';
import { Metrics } from './metrics/metrics.js';
import { CLOCK, CONFIG, LOGGER, TELEPHONY_FACTORY } from './tokens.js';

/** What the process is given from outside. */
export interface Surroundings {
  readonly config: Config;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly telephony: TelephonyFactory;
}

/** What every feature stands on. */
@Global()
@Module({})
export class PlatformModule {
  static with({ config, logger, clock, telephony }: Surroundings): DynamicModule {
    const given = [
      { provide: CONFIG, useValue: config },
      { provide: LOGGER, useValue: logger },
      { provide: CLOCK, useValue: clock },
      { provide: TELEPHONY_FACTORY, useValue: telephony },
    ];
    const shared = [Database, Audit, Passwords, SecretBox, Metrics, OwnPorts, Egress, InstanceId, Bus];
    return {
      module: PlatformModule,
      providers: [...given, { provide: DataSource, useFactory: () => openDatabase(config) }, ...shared],
      exports: [...given.map(({ provide }) => provide), ...shared],
    };
  }
}
