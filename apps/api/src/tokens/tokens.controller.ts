import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import type { Principal } from '../auth/principal.js';
import { pageOf, type PageQuery, pageQuery } from '../platform/database/paging.js';
import { Allow, Answers, AnswersNothing, Who } from '../platform/http/routes.js';
import { apiTokenReply, madeApiTokenReply, newApiToken } from './tokens.schemas.js';
import { TokensService } from './tokens.service.js';

@Controller('api/tokens')
export class TokensController {
  constructor(private readonly tokens: TokensService) {}

  @Get()
  @Allow('admin', 'List the API tokens.')
  @Answers(200, pageOf(apiTokenReply))
  list(@Who() who: Principal, @Query({ schema: pageQuery }) query: PageQuery) {
    return this.tokens.list(who, query);
  }

  @Post()
  @Allow('admin', 'Make an API token; the token itself is shown only now.')
  @Answers(201, madeApiTokenReply)
  add(@Who() who: Principal, @Body({ schema: newApiToken }) body: z.output<typeof newApiToken>) {
    return this.tokens.add(who, body);
  }

  @Get(':id')
  @Allow('admin', 'Read an API token.')
  @Answers(200, apiTokenReply)
  get(@Who() who: Principal, @Param('id') id: string) {
    return this.tokens.get(who, id);
  }

  @Delete(':id')
  @Allow('admin', 'End an API token and its sockets.')
  @AnswersNothing()
  remove(@Who() who: Principal, @Param('id') id: string) {
    return this.tokens.remove(who, id);
  }
}
