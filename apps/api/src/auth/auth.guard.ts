import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { apiError } from '../errors.js';
import { ACCESS, type Access, type SignedRequest } from '../platform/http/routes.js';
import { sameOrigin, sessionCookie } from './cookie.js';
import { Credentials } from './credentials.js';
import { mayActAs } from './roles.js';
import { scopesAllow } from './scopes.js';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The one door of REST: finds out who asks and whether the route is open to them. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly credentials: Credentials,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<SignedRequest>();
    const access = this.reflector.get<Access | undefined>(ACCESS, context.getHandler());
    const reading = READING.has(request.method);
    const bearer = bearerToken(request.headers.authorization);
    if (!reading && bearer === null) refuseForeignOrigin(request);
    if (access === 'anyone') return true;

    const token = bearer ?? sessionCookie(request.headers);
    const principal = token === null ? null : await this.credentials.principal(token);
    if (!principal) throw apiError('auth.required');
    // A cookie comes along by itself, so a change must show that a page of ours asked for it.
    if (!reading && bearer === null && request.headers.origin === undefined) {
      throw apiError('auth.forbidden', {}, 'A change with the session cookie needs an Origin equal to Host.');
    }
    if (access === undefined) throw apiError('auth.forbidden');
    if (access !== 'signed-in' && !mayActAs(principal.role, access))
      throw apiError('auth.forbidden', { needs: access });
    if (!scopesAllow(principal.scopes, request.path, reading))
      throw apiError('auth.forbidden', {}, 'The token has no scope for this.');
    request.principal = principal;
    return true;
  }
}

function refuseForeignOrigin(request: SignedRequest): void {
  if (request.headers.origin !== undefined && !sameOrigin(request.headers, request.host)) {
    throw apiError('auth.forbidden', {}, 'The request comes from another site.');
  }
}

function bearerToken(authorization: string | undefined): string | null {
  return /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? null;
}
