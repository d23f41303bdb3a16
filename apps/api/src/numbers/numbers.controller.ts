import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import type { Principal } from '../auth/principal.js';
import { pageOf, type PageQuery, pageQuery } from '../platform/database/paging.js';
import { Allow, Answers, AnswersNothing, Who } from '../platform/http/routes.js';
import { newNumber, numberPatch, numberReply } from './numbers.schemas.js';
import { NumbersService } from './numbers.service.js';

@Controller('api/numbers')
export class NumbersController {
  constructor(private readonly numbers: NumbersService) {}

  @Get()
  @Allow('viewer', 'List the numbers.')
  @Answers(200, pageOf(numberReply))
  list(@Who() who: Principal, @Query({ schema: pageQuery }) query: PageQuery) {
    return this.numbers.list(who, query);
  }

  @Post()
  @Allow('operator', 'Make a number.')
  @Answers(201, numberReply)
  add(@Who() who: Principal, @Body({ schema: newNumber }) body: z.output<typeof newNumber>) {
    return this.numbers.add(who, body);
  }

  @Get(':id')
  @Allow('viewer', 'Read a number.')
  @Answers(200, numberReply)
  get(@Who() who: Principal, @Param('id') id: string) {
    return this.numbers.get(who, id);
  }

  @Patch(':id')
  @Allow('operator', 'Change a number.')
  @Answers(200, numberReply)
  change(
    @Who() who: Principal,
    @Param('id') id: string,
    @Body({ schema: numberPatch }) body: z.output<typeof numberPatch>,
  ) {
    return this.numbers.change(who, id, body);
  }

  @Delete(':id')
  @Allow('operator', 'Remove a number.')
  @AnswersNothing()
  remove(@Who() who: Principal, @Param('id') id: string) {
    return this.numbers.remove(who, id);
  }
}
