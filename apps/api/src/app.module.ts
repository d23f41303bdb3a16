import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR } from '@nestjs/core';
import { AuthModule } from './auth/auth.module.js';
import { ErrorFilter } from './platform/errors/error.filter.js';
import { ReplyInterceptor } from './platform/http/reply.interceptor.js';
import { TokensModule } from './tokens/tokens.module.js';
import { UsersModule } from './users/users.module.js';
import { WorkspacesModule } from './workspaces/workspaces.module.js';

/** The features, in one list. */
@Module({
  providers: [
    { provide: APP_FILTER, useClass: ErrorFilter },
    { provide: APP_INTERCEPTOR, useClass: ReplyInterceptor },
  ],
})
export class AppModule {
  static with(platform: DynamicModule): DynamicModule {
    return { module: AppModule, imports: [platform, AuthModule, TokensModule, UsersModule, WorkspacesModule] };
  }
}
