import { Body, Controller, Get, Post, Put, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { Allow, Answers, AnswersNothing, Who } from '../platform/http/routes.js';
import { changePasswordBody, loginBody, loginReply, meReply, setUpBody } from './auth.schemas.js';
import { AuthService } from './auth.service.js';
import { cookieOptions, SESSION_COOKIE } from './cookie.js';
import type { Principal } from './principal.js';

@Controller('api/auth')
export class AuthController {
  constructor(private readonly auth: AuthService) {}

  @Post('setup')
  @Allow('anyone', 'Make the first administrator with the token of the set-up link.')
  @Answers(200, loginReply)
  async setUp(
    @Body({ schema: setUpBody }) body: z.output<typeof setUpBody>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    return withCookie(request, response, await this.auth.setUp(body.token, body.email, body.password));
  }

  @Post('login')
  @Allow('anyone', 'Log in with a password.')
  @Answers(200, loginReply)
  async login(
    @Body({ schema: loginBody }) body: z.output<typeof loginBody>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    return withCookie(request, response, await this.auth.login(request.ip ?? '', body.email, body.password));
  }

  @Post('logout')
  @Allow('signed-in', 'End the session and its sockets.')
  @AnswersNothing()
  async logout(@Who() who: Principal, @Req() request: Request, @Res({ passthrough: true }) response: Response) {
    await this.auth.logout(who);
    response.clearCookie(SESSION_COOKIE, cookieOptions(request.secure));
  }

  @Get('me')
  @Allow('signed-in', 'Who is logged in.')
  @Answers(200, meReply)
  me(@Who() who: Principal) {
    return this.auth.me(who);
  }

  @Put('password')
  @Allow('signed-in', 'Change one’s own password; the other sessions end.')
  @AnswersNothing()
  async password(
    @Who() who: Principal,
    @Body({ schema: changePasswordBody }) body: z.output<typeof changePasswordBody>,
    @Req() request: Request,
  ) {
    await this.auth.changePassword(who, request.ip ?? '', body.current, body.password);
  }
}

function withCookie<T extends { token: string; expiresAt: string }>(request: Request, response: Response, login: T): T {
  response.cookie(SESSION_COOKIE, login.token, {
    ...cookieOptions(request.secure),
    expires: new Date(login.expiresAt),
  });
  return login;
}
