import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import type { Principal } from '../auth/principal.js';
import { pageOf, type PageQuery, pageQuery } from '../platform/database/paging.js';
import { Allow, Answers, AnswersNothing, Who } from '../platform/http/routes.js';
import { newSecret, secretPatch, secretReply } from './secrets.schemas.js';
import { SecretsService } from './secrets.service.js';
import { removeQuery } from '../uses/uses.schemas.js';

@Controller('api/secrets')
export class SecretsController {
  constructor(private readonly secrets: SecretsService) {}

  @Get()
  @Allow('viewer', 'List the secrets.')
  @Answers(200, pageOf(secretReply))
  list(@Who() who: Principal, @Query({ schema: pageQuery }) query: PageQuery) {
    return this.secrets.list(who, query);
  }

  @Post()
  @Allow('admin', 'Make a secret.')
  @Answers(201, secretReply)
  add(@Who() who: Principal, @Body({ schema: newSecret }) body: z.output<typeof newSecret>) {
    return this.secrets.add(who, body);
  }

  @Get(':id')
  @Allow('viewer', 'Read a secret.')
  @Answers(200, secretReply)
  get(@Who() who: Principal, @Param('id') id: string) {
    return this.secrets.get(who, id);
  }

  @Patch(':id')
  @Allow('admin', 'Change a secret.')
  @Answers(200, secretReply)
  change(
    @Who() who: Principal,
    @Param('id') id: string,
    @Body({ schema: secretPatch }) body: z.output<typeof secretPatch>,
  ) {
    return this.secrets.change(who, id, body);
  }

  @Delete(':id')
  @Allow('admin', 'Remove a secret.')
  @AnswersNothing()
  remove(
    @Who() who: Principal,
    @Param('id') id: string,
    @Query({ schema: removeQuery }) { force }: z.output<typeof removeQuery>,
  ) {
    return this.secrets.remove(who, id, force);
  }
}
