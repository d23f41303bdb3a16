import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import type { Principal } from '../auth/principal.js';
import { pageOf, type PageQuery, pageQuery } from '../platform/database/paging.js';
import { Allow, Answers, AnswersNothing, Who } from '../platform/http/routes.js';
import { newPhone, phonePatch, phoneReply } from './phones.schemas.js';
import { PhonesService } from './phones.service.js';
import { removeQuery } from '../uses/uses.schemas.js';

@Controller('api/phones')
export class PhonesController {
  constructor(private readonly phones: PhonesService) {}

  @Get()
  @Allow('viewer', 'List the phones.')
  @Answers(200, pageOf(phoneReply))
  list(@Who() who: Principal, @Query({ schema: pageQuery }) query: PageQuery) {
    return this.phones.list(who, query);
  }

  @Post()
  @Allow('admin', 'Make a phone.')
  @Answers(201, phoneReply)
  add(@Who() who: Principal, @Body({ schema: newPhone }) body: z.output<typeof newPhone>) {
    return this.phones.add(who, body);
  }

  @Get(':id')
  @Allow('viewer', 'Read a phone.')
  @Answers(200, phoneReply)
  get(@Who() who: Principal, @Param('id') id: string) {
    return this.phones.get(who, id);
  }

  @Patch(':id')
  @Allow('admin', 'Change a phone.')
  @Answers(200, phoneReply)
  change(
    @Who() who: Principal,
    @Param('id') id: string,
    @Body({ schema: phonePatch }) body: z.output<typeof phonePatch>,
  ) {
    return this.phones.change(who, id, body);
  }

  @Delete(':id')
  @Allow('admin', 'Remove a phone.')
  @AnswersNothing()
  remove(
    @Who() who: Principal,
    @Param('id') id: string,
    @Query({ schema: removeQuery }) { force }: z.output<typeof removeQuery>,
  ) {
    return this.phones.remove(who, id, force);
  }
}
