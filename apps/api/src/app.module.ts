import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR } from '@nestjs/core';
import { AuditModule } from './audit/audit.module.js';
import { AuthModule } from './auth/auth.module.js';
import { CallsModule } from './calls/calls.module.js';
import { EnvironmentsModule } from './environments/environments.module.js';
import { FaxesModule } from './faxes/faxes.module.js';
import { LimitsModule } from './limits/limits.module.js';
import { LiveModule } from './live/live.module.js';
import { MediaModule } from './media/media.module.js';
import { NumbersModule } from './numbers/numbers.module.js';
import { PhonesModule } from './phones/phones.module.js';
import { ErrorFilter } from './platform/errors/error.filter.js';
import { HealthModule } from './platform/health/health.module.js';
import { ReplyInterceptor } from './platform/http/reply.interceptor.js';
import { ScenariosModule } from './scenarios/scenarios.module.js';
import { SchedulesModule } from './schedules/schedules.module.js';
import { SecretsModule } from './secrets/secrets.module.js';
import { SpeechModule } from './speech/speech.module.js';
import { TokensModule } from './tokens/tokens.module.js';
import { TrunksModule } from './trunks/trunks.module.js';
import { UsesModule } from './uses/uses.module.js';
import { UsersModule } from './users/users.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';
import { WorkspacesModule } from './workspaces/workspaces.module.js';

/** The features, in one list. */
const FEATURES = [
  AuditModule,
  AuthModule,
  CallsModule,
  EnvironmentsModule,
  FaxesModule,
  HealthModule,
  LimitsModule,
  LiveModule,
  MediaModule,
  NumbersModule,
  PhonesModule,
  ScenariosModule,
  SchedulesModule,
  SecretsModule,
  SpeechModule,
  TokensModule,
  TrunksModule,
  UsersModule,
  UsesModule,
  WebhooksModule,
  WorkspacesModule,
];

@Module({
  providers: [
    { provide: APP_FILTER, useClass: ErrorFilter },
    { provide: APP_INTERCEPTOR, useClass: ReplyInterceptor },
  ],
})
export class AppModule {
  static with(platform: DynamicModule): DynamicModule {
    return { module: AppModule, imports: [platform, ...FEATURES] };
  }
}
