import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { map, type Observable } from 'rxjs';
import type { z } from 'zod';
import { REPLY } from './routes.js';

/** Lets through what the route's schema describes. A reply that does not fit is a bug and fails loudly. */
@Injectable()
export class ReplyInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const schema = this.reflector.get<z.ZodType | undefined>(REPLY, context.getHandler());
    return schema ? next.handle().pipe(map((reply) => schema.parse(reply))) : next.handle();
  }
}
