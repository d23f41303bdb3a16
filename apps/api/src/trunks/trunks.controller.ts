import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import type { Principal } from '../auth/principal.js';
import { pageOf, type PageQuery, pageQuery } from '../platform/database/paging.js';
import { Allow, Answers, AnswersNothing, Who } from '../platform/http/routes.js';
import { newTrunk, trunkPatch, trunkReply } from './trunks.schemas.js';
import { TrunksService } from './trunks.service.js';
import { removeQuery } from '../uses/uses.schemas.js';

@Controller('api/trunks')
export class TrunksController {
  constructor(private readonly trunks: TrunksService) {}

  @Get()
  @Allow('viewer', 'List the trunks.')
  @Answers(200, pageOf(trunkReply))
  list(@Who() who: Principal, @Query({ schema: pageQuery }) query: PageQuery) {
    return this.trunks.list(who, query);
  }

  @Post()
  @Allow('admin', 'Make a trunk.')
  @Answers(201, trunkReply)
  add(@Who() who: Principal, @Body({ schema: newTrunk }) body: z.output<typeof newTrunk>) {
    return this.trunks.add(who, body);
  }

  @Get(':id')
  @Allow('viewer', 'Read a trunk.')
  @Answers(200, trunkReply)
  get(@Who() who: Principal, @Param('id') id: string) {
    return this.trunks.get(who, id);
  }

  @Patch(':id')
  @Allow('admin', 'Change a trunk.')
  @Answers(200, trunkReply)
  change(
    @Who() who: Principal,
    @Param('id') id: string,
    @Body({ schema: trunkPatch }) body: z.output<typeof trunkPatch>,
  ) {
    return this.trunks.change(who, id, body);
  }

  @Delete(':id')
  @Allow('admin', 'Remove a trunk.')
  @AnswersNothing()
  remove(
    @Who() who: Principal,
    @Param('id') id: string,
    @Query({ schema: removeQuery }) { force }: z.output<typeof removeQuery>,
  ) {
    return this.trunks.remove(who, id, force);
  }
}
