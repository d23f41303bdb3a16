import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import type { Principal } from '../auth/principal.js';
import { pageOf, type PageQuery, pageQuery } from '../platform/database/paging.js';
import { Allow, Answers, AnswersNothing, Who } from '../platform/http/routes.js';
import { newSchedule, schedulePatch, scheduleReply } from './schedules.schemas.js';
import { SchedulesService } from './schedules.service.js';
import { removeQuery } from '../uses/uses.schemas.js';

@Controller('api/schedules')
export class SchedulesController {
  constructor(private readonly schedules: SchedulesService) {}

  @Get()
  @Allow('viewer', 'List the schedules.')
  @Answers(200, pageOf(scheduleReply))
  list(@Who() who: Principal, @Query({ schema: pageQuery }) query: PageQuery) {
    return this.schedules.list(who, query);
  }

  @Post()
  @Allow('editor', 'Make a schedule.')
  @Answers(201, scheduleReply)
  add(@Who() who: Principal, @Body({ schema: newSchedule }) body: z.output<typeof newSchedule>) {
    return this.schedules.add(who, body);
  }

  @Get(':id')
  @Allow('viewer', 'Read a schedule.')
  @Answers(200, scheduleReply)
  get(@Who() who: Principal, @Param('id') id: string) {
    return this.schedules.get(who, id);
  }

  @Patch(':id')
  @Allow('editor', 'Change a schedule.')
  @Answers(200, scheduleReply)
  change(
    @Who() who: Principal,
    @Param('id') id: string,
    @Body({ schema: schedulePatch }) body: z.output<typeof schedulePatch>,
  ) {
    return this.schedules.change(who, id, body);
  }

  @Delete(':id')
  @Allow('editor', 'Remove a schedule.')
  @AnswersNothing()
  remove(
    @Who() who: Principal,
    @Param('id') id: string,
    @Query({ schema: removeQuery }) { force }: z.output<typeof removeQuery>,
  ) {
    return this.schedules.remove(who, id, force);
  }
}
