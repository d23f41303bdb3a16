import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Audit } from '../audit/audit.js';
import { Credentials } from '../auth/credentials.js';
import type { Principal } from '../auth/principal.js';
import { mayActAs } from '../auth/roles.js';
import { apiError } from '../errors.js';
import { hashToken, newToken } from '../platform/crypto/hashes.js';
import { Database } from '../platform/database/database.js';
import type { PageQuery } from '../platform/database/paging.js';
import { Shelf } from '../platform/database/shelf.js';
import { ApiToken } from './api-token.entity.js';
import type { newApiToken } from './tokens.schemas.js';

@Injectable()
export class TokensService {
  readonly #tokens: Shelf<ApiToken>;

  constructor(
    database: Database,
    audit: Audit,
    private readonly credentials: Credentials,
  ) {
    this.#tokens = new Shelf(database, audit, { entity: ApiToken, noun: 'token', taken: 'input.taken' });
  }

  list(who: Principal, query: PageQuery) {
    return this.#tokens.list(who, query);
  }

  get(who: Principal, id: string) {
    return this.#tokens.get(who, id);
  }

  async add(who: Principal, { name, role, scopes, expiresAt }: z.output<typeof newApiToken>) {
    if (!mayActAs(who.role, role)) throw apiError('auth.forbidden');
    // A narrowed token must not make itself a wide one.
    if (who.scopes.length > 0) throw apiError('auth.forbidden', {}, 'A token with scopes makes no tokens.');
    const token = newToken('cwt');
    const expires = expiresAt === null ? null : new Date(expiresAt).toISOString();
    const row = await this.#tokens.add(who, { name, role, scopes, tokenHash: hashToken(token), expiresAt: expires });
    return { ...row, token };
  }

  async remove(who: Principal, id: string): Promise<void> {
    await this.#tokens.remove(who, id);
    this.credentials.ended.publish();
  }
}
