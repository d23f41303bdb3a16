import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import type { Principal } from '../auth/principal.js';
import { Database } from '../platform/database/database.js';
import { containing } from '../platform/database/columns.js';
import { page, pageOf, pageQuery } from '../platform/database/paging.js';
import { Allow, Answers, Who } from '../platform/http/routes.js';
import { stored, text, timeText } from '../platform/http/text.js';
import { AuditEntry } from './audit-entry.entity.js';

const auditReply = z.object({
  ...stored,
  actor: z.string().meta({ description: 'E-mail address of a user, name of a token, or `system`.' }),
  action: z.string(),
  target: z.string(),
  before: z.record(z.string(), z.json()).nullable(),
  after: z.record(z.string(), z.json()).nullable(),
});

const auditQuery = pageQuery.extend({
  actor: text(200).optional().meta({ description: 'A part of who it was.' }),
  action: text(100)
    .optional()
    .meta({ description: '`scenario.updated`, or `scenario` for everything done to scenarios.' }),
  target: text(200).optional().meta({ description: 'Id of what was changed.' }),
  since: timeText.optional().meta({ description: 'At this time or later.' }),
  until: timeText.optional().meta({ description: 'Before this time.' }),
});

@Controller('api/audit')
export class AuditController {
  constructor(private readonly database: Database) {}

  @Get()
  @Allow('admin', 'Who changed what, newest first.')
  @Answers(200, pageOf(auditReply))
  list(@Who() who: Principal, @Query({ schema: auditQuery }) query: z.output<typeof auditQuery>) {
    const { actor, action, target, since, until } = query;
    const rows = this.database
      .rows(AuditEntry)
      .createQueryBuilder('row')
      .where('row.workspaceId = :workspaceId', { workspaceId: who.workspaceId });
    if (actor) rows.andWhere(String.raw`LOWER(row.actor) LIKE :actor ESCAPE '\'`, { actor: containing(actor) });
    // Everything done to one kind of thing begins with its name and a dot.
    if (action)
      rows.andWhere('(row.action = :action OR substr(row.action, 1, :length) = :kind)', {
        action,
        kind: `${action}.`,
        length: action.length + 1,
      });
    if (target) rows.andWhere('row.target = :target', { target });
    if (since) rows.andWhere('row.createdAt >= :since', { since: new Date(since).toISOString() });
    if (until) rows.andWhere('row.createdAt < :until', { until: new Date(until).toISOString() });
    return page(rows, query);
  }
}
