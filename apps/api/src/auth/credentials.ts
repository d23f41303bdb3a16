import { Inject, Injectable } from '@nestjs/common';
import { type Clock, Topic } from '@callwright/kernel';
import { type EntityManager, Not } from 'typeorm';
import { hashToken, newToken } from '../platform/crypto/hashes.js';
import { Database } from '../platform/database/database.js';
import { iso } from '../platform/time/system-clock.js';
import { CLOCK } from '../platform/tokens.js';
import { ApiToken } from '../tokens/api-token.entity.js';
import { User } from '../users/user.entity.js';
import type { Principal } from './principal.js';
import { Session } from './session.entity.js';

const SESSION_MS = 12 * 3_600_000;

/** Turns a token into who sends it. The database is asked each time, so that an end is an end at once. */
@Injectable()
export class Credentials {
  /** Something that let somebody in does so no more: sockets look again. */
  readonly ended = new Topic<void>();

  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Null: unknown, expired, ended or disabled. */
  async principal(token: string): Promise<Principal | null> {
    if (token.startsWith('cws_')) return this.#ofSession(token);
    if (token.startsWith('cwt_')) return this.#ofApiToken(token);
    return null;
  }

  async begin(user: User): Promise<{ token: string; expiresAt: string }> {
    const token = newToken('cws');
    const expiresAt = iso(this.clock.now() + SESSION_MS);
    await this.database.change(async (manager) => {
      await manager
        .createQueryBuilder()
        .delete()
        .from(Session)
        .where('expiresAt < :now', { now: this.database.now() })
        .execute();
      await manager.insert(Session, {
        ...this.database.fresh(),
        workspaceId: user.workspaceId,
        userId: user.id,
        tokenHash: hashToken(token),
        expiresAt,
      });
    });
    return { token, expiresAt };
  }

  async endSession(id: string): Promise<void> {
    await this.database.change((manager) => manager.delete(Session, { id }));
    this.ended.publish();
  }

  /** Within a change that disables a user or changes a password; call `ended.publish` after it. */
  async endSessionsOf(manager: EntityManager, userId: string, except: string | null = null): Promise<void> {
    await manager.delete(Session, { userId, ...(except === null ? {} : { id: Not(except) }) });
  }

  async #ofSession(token: string): Promise<Principal | null> {
    const session = await this.database.rows(Session).findOneBy({ tokenHash: hashToken(token) });
    if (!session || this.#over(session.expiresAt)) return null;
    const user = await this.database.rows(User).findOneBy({ id: session.userId });
    if (!user || user.disabled) return null;
    return {
      kind: 'user',
      id: user.id,
      workspaceId: user.workspaceId,
      role: user.role,
      label: user.email,
      scopes: [],
      sessionId: session.id,
      owner: user.owner,
      expiresAt: session.expiresAt,
    };
  }

  async #ofApiToken(token: string): Promise<Principal | null> {
    const row = await this.database.rows(ApiToken).findOneBy({ tokenHash: hashToken(token) });
    if (!row || (row.expiresAt !== null && this.#over(row.expiresAt))) return null;
    return {
      kind: 'token',
      id: row.id,
      workspaceId: row.workspaceId,
      role: row.role,
      label: row.name,
      scopes: row.scopes,
      sessionId: null,
      owner: false,
      expiresAt: row.expiresAt,
    };
  }

  #over(at: string): boolean {
    return Date.parse(at) <= this.clock.now();
  }
}
