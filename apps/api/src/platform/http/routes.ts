import { applyDecorators, createParamDecorator, type ExecutionContext, HttpCode, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiExtension, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { Request } from 'express';
import type { z } from 'zod';
import type { Principal } from '../../auth/principal.js';
import type { Role } from '../../auth/roles.js';

export const ACCESS = 'callwright:access';
export const REPLY = 'callwright:reply';
export const STOPPABLE = 'callwright:stoppable';

/** Who may use a route: everybody, everybody who is logged in, or a role and those above it. */
export type Access = 'anyone' | 'signed-in' | Role;

/** A request whose sender is known. */
export interface SignedRequest extends Request {
  principal?: Principal;
}

/** One route: who may use it and what it is for. A route without this is closed to everybody. */
export const Allow = (access: Access, summary: string) =>
  applyDecorators(
    SetMetadata(ACCESS, access),
    ApiOperation({ summary }),
    ApiExtension('x-access', access),
    ...(access === 'anyone' ? [] : [ApiBearerAuth(), ApiCookieAuth()]),
  );

/**
 * What a route answers. The schema describes the reply, and the reply passes through it on its way out: what is not described
 * (a hash, a sealed password) cannot leave.
 */
export const Answers = (status: number, schema: z.ZodType, description = '') =>
  applyDecorators(
    HttpCode(status),
    SetMetadata(REPLY, schema),
    ApiResponse({ status, description, standardSchema: schema }),
  );

export const AnswersNothing = () => applyDecorators(HttpCode(204), ApiResponse({ status: 204, description: 'Done.' }));

/** Who asks. */
export const Who = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<SignedRequest>();
  if (!principal) throw new Error('a route that asks who it is must not be open to anyone');
  return principal;
});
