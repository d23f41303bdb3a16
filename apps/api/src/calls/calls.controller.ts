import { Readable } from 'node:stream';
import { Body, Controller, Get, Header, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import type { Response } from 'express';
import type { z } from 'zod';
import type { Principal } from '../auth/principal.js';
import { pageOf } from '../platform/database/paging.js';
import { asDownload } from '../platform/http/download.js';
import { Allow, Answers, Who } from '../platform/http/routes.js';
import { Recordings } from '../telephony/recordings.js';
import { asCsv, asJson } from './call-export.js';
import { CallPaths } from './call-paths.js';
import {
  acceptedReply,
  callItem,
  type CallQuery,
  callQuery,
  callReply,
  commandBody,
  eventsQuery,
  eventsReply,
  figuresQuery,
  figuresReply,
  liveReply,
  newCall,
  qualityReply,
  exportQuery,
  type ExportQuery,
  pathsQuery,
  type PathsQuery,
  pathsReply,
  signallingReply,
  startedReply,
} from './calls.schemas.js';
import { CallFiguresService } from './call-figures.js';
import { CallsService } from './calls.service.js';

@Controller('api/calls')
export class CallsController {
  constructor(
    private readonly calls: CallsService,
    private readonly recordings: Recordings,
    private readonly figures: CallFiguresService,
    private readonly paths: CallPaths,
  ) {}

  @Get()
  @Allow('viewer', 'List the calls, newest first.')
  @Answers(200, pageOf(callItem))
  list(@Who() who: Principal, @Query({ schema: callQuery }) query: CallQuery) {
    return this.calls.list(who, query);
  }

  @Post()
  @Allow('operator', 'Place a call and run a scenario on it.')
  @Answers(202, startedReply)
  originate(@Who() who: Principal, @Body({ schema: newCall }) body: z.output<typeof newCall>) {
    return this.calls.originate(who, body);
  }

  @Get('live')
  @Allow('viewer', 'The calls that run now.')
  @Answers(200, liveReply)
  live(@Who() who: Principal) {
    return { items: this.calls.live(who), next: null };
  }

  @Get('figures')
  @Allow('viewer', 'The calls of the last minutes, added up.')
  @Answers(200, figuresReply)
  added(@Who() who: Principal, @Query({ schema: figuresQuery }) { minutes }: z.output<typeof figuresQuery>) {
    return this.figures.of(who, minutes);
  }

  @Get(':id/quality')
  @Allow('viewer', 'How the audio of a running call is: packets, loss, jitter and round trip of each leg.')
  @Answers(200, qualityReply)
  quality(@Who() who: Principal, @Param('id') id: string) {
    return this.calls.quality(who, id);
  }

  @Get('paths')
  @Allow('viewer', 'Which ways calls took over the drawing of a scenario, and where they ended.')
  @Answers(200, pathsReply)
  ways(@Who() who: Principal, @Query({ schema: pathsQuery }) query: PathsQuery) {
    return this.paths.of(who, query);
  }

  @Get('export')
  @Allow('viewer', 'Every call that fits, as a file: CSV (RFC 4180) or JSON.')
  @ApiProduces('text/csv', 'application/json')
  export(
    @Who() who: Principal,
    @Query({ schema: exportQuery }) { format, ...filters }: ExportQuery,
    @Res({ passthrough: true }) response: Response,
  ) {
    const pages = this.calls.pages(who, filters);
    asDownload(response, `calls.${format}`);
    response.setHeader('Content-Type', format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json');
    return new StreamableFile(Readable.from(format === 'csv' ? asCsv(pages) : asJson(pages)));
  }

  @Get(':id')
  @Allow('viewer', 'Read a call.')
  @Answers(200, callReply)
  get(@Who() who: Principal, @Param('id') id: string) {
    return this.calls.get(who, id);
  }

  @Get(':id/events')
  @Allow('viewer', 'The event log of a call, oldest first.')
  @Answers(200, eventsReply)
  events(
    @Who() who: Principal,
    @Param('id') id: string,
    @Query({ schema: eventsQuery }) query: z.output<typeof eventsQuery>,
  ) {
    return this.calls.events(who, id, query);
  }

  @Get(':id/signalling')
  @Allow('viewer', 'Every SIP message of a call, oldest first; what is secret in them is masked.')
  @Answers(200, signallingReply)
  signalling(@Who() who: Principal, @Param('id') id: string) {
    return this.calls.signalling(who, id);
  }

  @Get(':id/recordings/:name')
  @Allow('viewer', 'Download a recording of a call.')
  @ApiProduces('audio/wav')
  @Header('Content-Type', 'audio/wav')
  async recording(
    @Who() who: Principal,
    @Param('id') id: string,
    @Param('name') name: string,
    @Res({ passthrough: true }) response: Response,
  ) {
    const path = await this.calls.recording(who, id, name);
    asDownload(response, `${name}.wav`);
    return this.recordings.stream(path);
  }

  @Post(':id/commands')
  @Allow('operator', 'Ask something of a running call.')
  @Answers(202, acceptedReply)
  command(
    @Who() who: Principal,
    @Param('id') id: string,
    @Body({ schema: commandBody }) body: z.output<typeof commandBody>,
  ) {
    return this.calls.command(who, id, body);
  }
}
