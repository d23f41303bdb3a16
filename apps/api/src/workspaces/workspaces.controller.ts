import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import type { Principal } from '../auth/principal.js';
import { emailSchema, passwordSchema } from '../auth/auth.schemas.js';
import { pageOf, type PageQuery, pageQuery } from '../platform/database/paging.js';
import { Allow, Answers, Who } from '../platform/http/routes.js';
import { nameText, stored } from '../platform/http/text.js';
import { WorkspacesService } from './workspaces.service.js';

export const newWorkspace = z.strictObject({
  name: nameText,
  admin: z.strictObject({ email: emailSchema, password: passwordSchema }),
});
const workspaceReply = z.object({ ...stored, name: z.string() });

@Controller('api/workspaces')
export class WorkspacesController {
  constructor(private readonly workspaces: WorkspacesService) {}

  @Get()
  @Allow('admin', 'List the workspaces: all of them for the first administrator, one’s own for the others.')
  @Answers(200, pageOf(workspaceReply))
  list(@Who() who: Principal, @Query({ schema: pageQuery }) query: PageQuery) {
    return this.workspaces.list(who, query);
  }

  @Post()
  @Allow('admin', 'Make a workspace with its administrator; only the first administrator may.')
  @Answers(201, workspaceReply)
  add(@Who() who: Principal, @Body({ schema: newWorkspace }) body: z.output<typeof newWorkspace>) {
    return this.workspaces.add(who, body);
  }
}
