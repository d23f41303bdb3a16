import { Body, Controller, Delete, Get, Headers, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Response } from 'express';
import type { z } from 'zod';
import type { Principal } from '../auth/principal.js';
import { apiError } from '../errors.js';
import { pageOf, type PageQuery, pageQuery } from '../platform/database/paging.js';
import { Allow, Answers, AnswersNothing, Who } from '../platform/http/routes.js';
import { etagOf } from './etag.js';
import {
  changedScenario,
  findingsReply,
  newScenario,
  publishBody,
  revisionListReply,
  revisionReply,
  scenarioListReply,
  scenarioReply,
  validateBody,
  versionListReply,
  versionReply,
} from './scenarios.schemas.js';
import { ScenariosService } from './scenarios.service.js';

@Controller('api/scenarios')
export class ScenariosController {
  constructor(private readonly scenarios: ScenariosService) {}

  @Get()
  @Allow('viewer', 'List the scenarios, without their documents.')
  @Answers(200, pageOf(scenarioListReply))
  list(@Who() who: Principal, @Query({ schema: pageQuery }) query: PageQuery) {
    return this.scenarios.list(who, query);
  }

  @Post()
  @Allow('editor', 'Make a scenario; without a document it has one `answer` node.')
  @Answers(201, scenarioReply)
  async add(
    @Who() who: Principal,
    @Body({ schema: newScenario }) body: z.output<typeof newScenario>,
    @Res({ passthrough: true }) response: Response,
  ) {
    return tagged(response, await this.scenarios.add(who, body));
  }

  @Get(':id')
  @Allow('viewer', 'Read a scenario with its draft.')
  @Answers(200, scenarioReply)
  async get(@Who() who: Principal, @Param('id') id: string, @Res({ passthrough: true }) response: Response) {
    return tagged(response, await this.scenarios.get(who, id));
  }

  @Put(':id')
  @Allow('editor', 'Replace the draft.')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag that was read.' })
  @Answers(200, scenarioReply)
  async change(
    @Who() who: Principal,
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body({ schema: changedScenario }) body: z.output<typeof changedScenario>,
    @Res({ passthrough: true }) response: Response,
  ) {
    return tagged(response, await this.scenarios.change(who, id, ifMatch, body));
  }

  @Delete(':id')
  @Allow('editor', 'Remove a scenario that no number uses.')
  @AnswersNothing()
  remove(@Who() who: Principal, @Param('id') id: string) {
    return this.scenarios.remove(who, id);
  }

  @Post(':id/validate')
  @Allow('viewer', 'What is wrong with a document, or with the draft.')
  @Answers(200, findingsReply)
  async validate(
    @Who() who: Principal,
    @Param('id') id: string,
    @Body({ schema: validateBody }) body: z.output<typeof validateBody>,
  ) {
    return { findings: await this.scenarios.validate(who, id, body?.document) };
  }

  @Get(':id/versions')
  @Allow('viewer', 'List the published versions, without their documents.')
  @Answers(200, pageOf(versionListReply))
  versions(@Who() who: Principal, @Param('id') id: string, @Query({ schema: pageQuery }) query: PageQuery) {
    return this.scenarios.versions(who, id, query);
  }

  @Post(':id/versions')
  @Allow('editor', 'Publish the draft as a version that never changes.')
  @Answers(201, versionReply)
  publish(
    @Who() who: Principal,
    @Param('id') id: string,
    @Body({ schema: publishBody }) body: z.output<typeof publishBody>,
  ) {
    return this.scenarios.publish(who, id, body?.comment ?? '');
  }

  @Get(':id/versions/:version')
  @Allow('viewer', 'Read a published version.')
  @Answers(200, versionReply)
  version(@Who() who: Principal, @Param('id') id: string, @Param('version') version: string) {
    return this.scenarios.version(who, id, counted(version));
  }

  @Get(':id/revisions')
  @Allow('viewer', 'List what the draft was at each save, without the documents. Older ones are thinned out.')
  @Answers(200, pageOf(revisionListReply))
  revisions(@Who() who: Principal, @Param('id') id: string, @Query({ schema: pageQuery }) query: PageQuery) {
    return this.scenarios.revisions(who, id, query);
  }

  @Get(':id/revisions/:revision')
  @Allow('viewer', 'Read the draft as it was at a save.')
  @Answers(200, revisionReply)
  revision(@Who() who: Principal, @Param('id') id: string, @Param('revision') revision: string) {
    return this.scenarios.revision(who, id, counted(revision));
  }
}

/** Versions and revisions count from 1. */
function counted(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw apiError('input.not-found');
  return Number(text);
}

function tagged<T extends { revision: number }>(response: Response, scenario: T): T {
  response.setHeader('ETag', etagOf(scenario.revision));
  return scenario;
}
