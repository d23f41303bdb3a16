import { Controller, Get, Query } from '@nestjs/common';
import type { z } from 'zod';
import type { Principal } from '../auth/principal.js';
import { Allow, Answers, Who } from '../platform/http/routes.js';
import { usesQuery, usesReply } from './uses.schemas.js';
import { Uses } from './uses.service.js';

@Controller('api/uses')
export class UsesController {
  constructor(private readonly uses: Uses) {}

  @Get()
  @Allow('viewer', 'Who names the media files, trunks, phones, schedules, secrets or scenarios of the workspace.')
  @Answers(200, usesReply)
  async list(@Who() who: Principal, @Query({ schema: usesQuery }) { kind, name }: z.output<typeof usesQuery>) {
    const uses = await this.uses.of(who.workspaceId, kind, name);
    return { items: [...uses].map(([of, users]) => ({ kind, name: of, users })), next: null };
  }
}
