import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../audit/audit.js';
import { Credentials } from '../auth/credentials.js';
import type { Principal } from '../auth/principal.js';
import { apiError } from '../errors.js';
import { Passwords } from '../platform/crypto/passwords.js';
import { Database } from '../platform/database/database.js';
import type { PageQuery } from '../platform/database/paging.js';
import { Shelf } from '../platform/database/shelf.js';
import { User } from './user.entity.js';
import type { newUser, userPatch } from './users.schemas.js';

@Injectable()
export class UsersService {
  readonly #users: Shelf<User>;

  constructor(
    database: Database,
    audit: Audit,
    private readonly passwords: Passwords,
    private readonly credentials: Credentials,
  ) {
    this.#users = new Shelf(database, audit, { entity: User, noun: 'user', taken: 'user.taken' });
  }

  list(who: Principal, query: PageQuery) {
    return this.#users.list(who, query);
  }

  get(who: Principal, id: string) {
    return this.#users.get(who, id);
  }

  async add(who: Principal, { email, name, role, password }: z.output<typeof newUser>) {
    const passwordHash = await this.passwords.hash(password);
    return this.#users.add(who, {
      email,
      name: name || (email.split('@')[0] ?? email),
      role,
      passwordHash,
      disabled: false,
      owner: false,
    });
  }

  async change(who: Principal, id: string, { password, ...patch }: z.output<typeof userPatch>) {
    const passwordHash = password === undefined ? undefined : await this.passwords.hash(password);
    const user = await this.#users.change(who, id, { ...patch, passwordHash }, async (manager, after) => {
      await keepAnAdmin(manager, after.workspaceId);
      if (after.disabled || passwordHash !== undefined) await this.credentials.endSessionsOf(manager, id);
    });
    this.credentials.ended.publish();
    return user;
  }

  async remove(who: Principal, id: string): Promise<void> {
    await this.#users.remove(who, id, async (manager, user) => {
      await this.credentials.endSessionsOf(manager, id);
      await keepAnAdmin(manager, user.workspaceId);
    });
    this.credentials.ended.publish();
  }
}

/** Nobody locks the door of a workspace behind themselves. */
async function keepAnAdmin(manager: EntityManager, workspaceId: string): Promise<void> {
  const admins = await manager.countBy(User, { workspaceId, role: 'admin', disabled: false });
  if (admins === 0) throw apiError('user.last-admin');
}
