import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { withUpload, receiveFile } from '../../media/upload.js';
import { MediaStore } from '../../media/media-store.js';
import { Allow } from '../../platform/http/routes.js';
import { AxatelFilter } from './axatel.filter.js';
import { AxatelService } from './axatel.service.js';

/**
 * The fax API of Axatel, path by path and word by word, for programs that were written against it. The token is in the path, so a token
 * for it should have no more than the scope it needs; it is masked in logs.
 */
@ApiExcludeController()
@UseFilters(AxatelFilter)
@Controller('api/token/v1/:token')
export class AxatelController {
  constructor(
    private readonly axatel: AxatelService,
    private readonly uploads: MediaStore,
  ) {}

  @Post('files/upload')
  @Allow('anyone', 'Upload a file.')
  @HttpCode(200)
  async upload(@Param('token') token: string, @Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const who = await this.axatel.who(token, 'operator');
    return withUpload(await receiveFile(request, response, this.uploads.uploads), (upload) =>
      this.axatel.upload(who, upload),
    );
  }

  @Get('files/list')
  @Allow('anyone', 'List the files.')
  async list(@Param('token') token: string) {
    return this.axatel.list(await this.axatel.who(token, 'viewer'));
  }

  @Get('files/download')
  @Allow('anyone', 'Download a file.')
  async download(
    @Param('token') token: string,
    @Query('file') file: unknown,
    @Res({ passthrough: true }) response: Response,
  ) {
    const who = await this.axatel.who(token, 'viewer');
    return this.axatel.download(who, String(file ?? ''), response);
  }

  @Get('files/delete')
  @Allow('anyone', 'Delete a file.')
  async remove(@Param('token') token: string, @Query('file') file: unknown) {
    return this.axatel.remove(await this.axatel.who(token, 'operator'), String(file ?? ''));
  }

  @Post()
  @Allow('anyone', 'Send a fax, prepare the store, or read the history.')
  @HttpCode(200)
  act(@Param('token') token: string, @Body() body: unknown, @Req() request: Request) {
    return this.axatel.act(token, body, `${request.protocol}://${request.get('host') ?? ''}`);
  }
}
