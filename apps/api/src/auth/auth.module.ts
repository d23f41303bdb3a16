import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Attempts } from './attempts.js';
import { AuthController } from './auth.controller.js';
import { AuthGuard } from './auth.guard.js';
import { AuthService } from './auth.service.js';
import { Credentials } from './credentials.js';
import { SetUpLink } from './set-up-link.js';

@Global()
@Module({
  controllers: [AuthController],
  providers: [Attempts, AuthService, Credentials, SetUpLink, { provide: APP_GUARD, useClass: AuthGuard }],
  exports: [Credentials, SetUpLink],
})
export class AuthModule {}
