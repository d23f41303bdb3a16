import { Body, Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import type { z } from 'zod';
import type { Principal } from '../../auth/principal.js';
import { pageOf, type PageQuery, pageQuery } from '../../platform/database/paging.js';
import { Allow, Answers, AnswersNothing, Who } from '../../platform/http/routes.js';
import { scenarioTestBody, scenarioTestReply } from './scenario-tests.schemas.js';
import { ScenarioTestsService } from './scenario-tests.service.js';

@Controller('api/scenarios/:id/tests')
export class ScenarioTestsController {
  constructor(private readonly tests: ScenarioTestsService) {}

  @Get()
  @Allow('viewer', 'List the tests of a scenario.')
  @Answers(200, pageOf(scenarioTestReply))
  list(@Who() who: Principal, @Param('id') id: string, @Query({ schema: pageQuery }) query: PageQuery) {
    return this.tests.list(who, id, query);
  }

  @Post()
  @Allow('editor', 'Keep a test with its scenario.')
  @Answers(201, scenarioTestReply)
  add(
    @Who() who: Principal,
    @Param('id') id: string,
    @Body({ schema: scenarioTestBody }) body: z.output<typeof scenarioTestBody>,
  ) {
    return this.tests.add(who, id, body);
  }

  @Put(':testId')
  @Allow('editor', 'Replace a test.')
  @Answers(200, scenarioTestReply)
  replace(
    @Who() who: Principal,
    @Param('id') id: string,
    @Param('testId') testId: string,
    @Body({ schema: scenarioTestBody }) body: z.output<typeof scenarioTestBody>,
  ) {
    return this.tests.replace(who, id, testId, body);
  }

  @Delete(':testId')
  @Allow('editor', 'Remove a test.')
  @AnswersNothing()
  remove(@Who() who: Principal, @Param('id') id: string, @Param('testId') testId: string) {
    return this.tests.remove(who, id, testId);
  }
}
