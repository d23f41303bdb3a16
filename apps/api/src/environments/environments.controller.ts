import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import type { Principal } from '../auth/principal.js';
import { pageOf, type PageQuery, pageQuery } from '../platform/database/paging.js';
import { Allow, Answers, AnswersNothing, Who } from '../platform/http/routes.js';
import {
  environmentPatch,
  environmentReply,
  newEnvironment,
  newPromotion,
  promotionReply,
  readinessQuery,
  readinessReply,
} from './environments.schemas.js';
import { EnvironmentsService } from './environments.service.js';

@Controller('api/environments')
export class EnvironmentsController {
  constructor(private readonly environments: EnvironmentsService) {}

  @Get()
  @Allow('viewer', 'List the environments; every workspace has `production`.')
  @Answers(200, pageOf(environmentReply))
  list(@Who() who: Principal, @Query({ schema: pageQuery }) query: PageQuery) {
    return this.environments.list(who, query);
  }

  @Post()
  @Allow('operator', 'Make an environment.')
  @Answers(201, environmentReply)
  add(@Who() who: Principal, @Body({ schema: newEnvironment }) body: z.output<typeof newEnvironment>) {
    return this.environments.add(who, body);
  }

  @Get(':id')
  @Allow('viewer', 'Read an environment.')
  @Answers(200, environmentReply)
  get(@Who() who: Principal, @Param('id') id: string) {
    return this.environments.get(who, id);
  }

  @Patch(':id')
  @Allow('operator', 'Change what names stand for, or how versions are released.')
  @Answers(200, environmentReply)
  change(
    @Who() who: Principal,
    @Param('id') id: string,
    @Body({ schema: environmentPatch }) body: z.output<typeof environmentPatch>,
  ) {
    return this.environments.change(who, id, body);
  }

  @Delete(':id')
  @Allow('operator', 'Remove an environment that no number is in.')
  @AnswersNothing()
  remove(@Who() who: Principal, @Param('id') id: string) {
    return this.environments.remove(who, id);
  }

  @Get(':id/readiness')
  @Allow('viewer', 'What the names of a version mean in an environment, and which are missing there.')
  @Answers(200, readinessReply)
  readiness(
    @Who() who: Principal,
    @Param('id') id: string,
    @Query({ schema: readinessQuery }) { scenarioId, version }: z.output<typeof readinessQuery>,
  ) {
    return this.environments.check(who, id, scenarioId, version);
  }

  @Get(':id/promotions')
  @Allow('viewer', 'Which versions were promoted to an environment; the newest of a scenario is the one that runs.')
  @Answers(200, pageOf(promotionReply))
  promotions(@Who() who: Principal, @Param('id') id: string, @Query({ schema: pageQuery }) query: PageQuery) {
    return this.environments.promotions(who, id, query);
  }

  @Post(':id/promotions')
  @Allow('operator', 'Make a published version the one that runs in an environment.')
  @Answers(201, promotionReply)
  promote(
    @Who() who: Principal,
    @Param('id') id: string,
    @Body({ schema: newPromotion }) body: z.output<typeof newPromotion>,
  ) {
    return this.environments.promote(who, id, body);
  }
}
