import { Body, Controller, Delete, Get, Header, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiProduces } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Principal } from '../auth/principal.js';
import { pageOf, type PageQuery, pageQuery } from '../platform/database/paging.js';
import { asDownload } from '../platform/http/download.js';
import { Allow, Answers, AnswersNothing, Who } from '../platform/http/routes.js';
import { mediaPatch, mediaReply } from './media.schemas.js';
import { MediaService } from './media.service.js';
import { MediaStore } from './media-store.js';
import { receiveFile, withUpload } from './upload.js';
import { removeQuery } from '../uses/uses.schemas.js';

@Controller('api/media')
export class MediaController {
  constructor(
    private readonly media: MediaService,
    private readonly store: MediaStore,
  ) {}

  @Get()
  @Allow('viewer', 'List the media files.')
  @Answers(200, pageOf(mediaReply))
  list(@Who() who: Principal, @Query({ schema: pageQuery }) query: PageQuery) {
    return this.media.list(who, query);
  }

  @Post()
  @Allow('editor', 'Upload an audio file; it is converted once to what calls play.')
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: { file: { type: 'string', format: 'binary' }, name: { type: 'string' } },
    },
  })
  @Answers(201, mediaReply)
  async add(@Who() who: Principal, @Req() request: Request, @Res({ passthrough: true }) response: Response) {
    return withUpload(await receiveFile(request, response, this.store.uploads), (upload) =>
      this.media.add(who, upload),
    );
  }

  @Get(':id')
  @Allow('viewer', 'Read what is known of a media file.')
  @Answers(200, mediaReply)
  get(@Who() who: Principal, @Param('id') id: string) {
    return this.media.get(who, id);
  }

  @Patch(':id')
  @Allow('editor', 'Rename a media file.')
  @Answers(200, mediaReply)
  change(
    @Who() who: Principal,
    @Param('id') id: string,
    @Body({ schema: mediaPatch }) body: z.output<typeof mediaPatch>,
  ) {
    return this.media.change(who, id, body);
  }

  @Delete(':id')
  @Allow('editor', 'Remove a media file.')
  @AnswersNothing()
  remove(
    @Who() who: Principal,
    @Param('id') id: string,
    @Query({ schema: removeQuery }) { force }: z.output<typeof removeQuery>,
  ) {
    return this.media.remove(who, id, force);
  }

  @Get(':name/content')
  @Allow('viewer', 'Download a media file by its name.')
  @ApiProduces('audio/wav')
  @Header('Content-Type', 'audio/wav')
  async content(@Who() who: Principal, @Param('name') name: string, @Res({ passthrough: true }) response: Response) {
    const media = await this.media.named(who.workspaceId, name);
    asDownload(response, media.name.endsWith('.wav') ? media.name : `${media.name}.wav`);
    return this.store.stream(media.id);
  }
}
