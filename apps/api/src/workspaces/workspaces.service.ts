import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Audit } from '../audit/audit.js';
import type { Principal } from '../auth/principal.js';
import { apiError } from '../errors.js';
import { Passwords } from '../platform/crypto/passwords.js';
import { Database, unique } from '../platform/database/database.js';
import { page, type PageQuery } from '../platform/database/paging.js';
import { User } from '../users/user.entity.js';
import { Workspace } from './workspace.entity.js';
import type { newWorkspace } from './workspaces.controller.js';

@Injectable()
export class WorkspacesService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly passwords: Passwords,
  ) {}

  list(who: Principal, query: PageQuery) {
    const rows = this.database.rows(Workspace).createQueryBuilder('row');
    return page(who.owner ? rows : rows.where('row.id = :id', { id: who.workspaceId }), query);
  }

  async add(who: Principal, { name, admin }: z.output<typeof newWorkspace>): Promise<Workspace> {
    if (!who.owner) throw apiError('auth.forbidden', {}, 'Only the first administrator makes workspaces.');
    const passwordHash = await this.passwords.hash(admin.password);
    const workspace: Workspace = { ...this.database.fresh(), name };
    await unique(
      'user.taken',
      this.database.change(async (manager) => {
        await manager.insert(Workspace, workspace);
        await manager.insert(User, {
          ...this.database.fresh(),
          workspaceId: workspace.id,
          email: admin.email,
          name: admin.email.split('@')[0] ?? admin.email,
          role: 'admin',
          passwordHash,
          disabled: false,
          owner: false,
        });
        await this.audit.note(manager, who, { action: 'workspace.created', target: workspace.id, after: workspace });
      }),
    );
    return workspace;
  }
}
