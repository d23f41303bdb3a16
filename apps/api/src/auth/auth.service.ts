import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { Audit } from '../audit/audit.js';
import { apiError } from '../errors.js';
import type { Config } from '../platform/config/config.js';
import { Passwords } from '../platform/crypto/passwords.js';
import { Database } from '../platform/database/database.js';
import { CONFIG, LOGGER } from '../platform/tokens.js';
import { User } from '../users/user.entity.js';
import { Workspace } from '../workspaces/workspace.entity.js';
import { Attempts } from './attempts.js';
import type { loginReply, meReply } from './auth.schemas.js';
import { Credentials } from './credentials.js';
import type { Principal } from './principal.js';
import { SetUpLink } from './set-up-link.js';

type Me = z.output<typeof meReply>;
type Login = z.output<typeof loginReply>;

@Injectable()
export class AuthService implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly passwords: Passwords,
    private readonly credentials: Credentials,
    private readonly attempts: Attempts,
    private readonly setUpLink: SetUpLink,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (await this.#anyUser()) return;
    const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = this.config;
    if (email !== undefined && password !== undefined) await this.#makeOwner(email.toLowerCase(), password);
    else this.setUpLink.open();
  }

  async setUp(token: string, email: string, password: string): Promise<Login> {
    if (await this.#anyUser()) throw apiError('auth.set-up-done');
    if (!this.setUpLink.opens(token)) throw apiError('auth.wrong-set-up-token');
    this.setUpLink.close();
    return this.#login(await this.#makeOwner(email, password));
  }

  async login(address: string, email: string, password: string): Promise<Login> {
    this.attempts.check(address, email);
    const user = await this.database.rows(User).findOneBy({ email });
    const right = await this.passwords.verify(user?.passwordHash ?? null, password);
    if (!right || !user || user.disabled) {
      this.attempts.failed(address, email);
      this.logger.warn({ address }, 'a login failed');
      throw apiError('auth.wrong-credentials');
    }
    this.attempts.succeeded(address, email);
    this.logger.info({ address, user: user.id }, 'somebody logged in');
    return this.#login(user);
  }

  async logout(who: Principal): Promise<void> {
    if (who.sessionId !== null) await this.credentials.endSession(who.sessionId);
  }

  async me(who: Principal): Promise<Me> {
    if (who.kind === 'token') {
      return { user: { id: who.id, email: '', name: who.label, role: who.role, workspaceId: who.workspaceId } };
    }
    return { user: await this.database.owned(User, who.workspaceId, who.id) };
  }

  /** Ends every session of the user but the one that asks. */
  async changePassword(who: Principal, address: string, current: string, password: string): Promise<void> {
    if (who.kind !== 'user') throw apiError('auth.forbidden');
    this.attempts.check(address, who.label);
    const user = await this.database.owned(User, who.workspaceId, who.id);
    if (!(await this.passwords.verify(user.passwordHash, current))) {
      this.attempts.failed(address, who.label);
      throw apiError('auth.wrong-credentials');
    }
    const passwordHash = await this.passwords.hash(password);
    await this.database.change(async (manager) => {
      await manager.update(User, { id: user.id }, { passwordHash, updatedAt: this.database.now() });
      await this.credentials.endSessionsOf(manager, user.id, who.sessionId);
      await this.audit.note(manager, who, { action: 'user.password-changed', target: user.id });
    });
    this.credentials.ended.publish();
  }

  async #login(user: User): Promise<Login> {
    return { ...(await this.credentials.begin(user)), user };
  }

  async #anyUser(): Promise<boolean> {
    return (await this.database.rows(User).count()) > 0;
  }

  async #makeOwner(email: string, password: string): Promise<User> {
    const passwordHash = await this.passwords.hash(password);
    const workspace: Workspace = { ...this.database.fresh(), name: 'Main' };
    const user: User = {
      ...this.database.fresh(),
      workspaceId: workspace.id,
      email,
      name: email.split('@')[0] ?? email,
      role: 'admin',
      passwordHash,
      disabled: false,
      owner: true,
    };
    await this.database.change(async (manager) => {
      await manager.insert(Workspace, workspace);
      await manager.insert(User, user);
      await this.audit.note(
        manager,
        { workspaceId: workspace.id, label: 'system' },
        { action: 'user.created', target: user.id, after: user },
      );
    });
    return user;
  }
}
