import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import type { Principal } from '../auth/principal.js';
import { Database } from '../platform/database/database.js';
import { page, pageOf, type PageQuery, pageQuery } from '../platform/database/paging.js';
import { Allow, Answers, Who } from '../platform/http/routes.js';
import { stored } from '../platform/http/text.js';
import { AuditEntry } from './audit-entry.entity.js';

const auditReply = z.object({
  ...stored,
  actor: z.string().meta({ description: 'E-mail address of a user, name of a token, or `system`.' }),
  action: z.string(),
  target: z.string(),
  before: z.record(z.string(), z.json()).nullable(),
  after: z.record(z.string(), z.json()).nullable(),
});

@Controller('api/audit')
export class AuditController {
  constructor(private readonly database: Database) {}

  @Get()
  @Allow('admin', 'Who changed what, newest first.')
  @Answers(200, pageOf(auditReply))
  list(@Who() who: Principal, @Query({ schema: pageQuery }) query: PageQuery) {
    const rows = this.database.rows(AuditEntry).createQueryBuilder('row');
    return page(rows.where('row.workspaceId = :workspaceId', { workspaceId: who.workspaceId }), query);
  }
}
