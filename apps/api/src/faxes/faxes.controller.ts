import { createReadStream } from 'node:fs';
import {
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  ParseIntPipe,
  Post,
  Query,
  Req,
  Res,
  StreamableFile,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiProduces } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Principal } from '../auth/principal.js';
import { invalid } from '../errors.js';
import { MediaStore } from '../media/media-store.js';
import { receiveFile, withUpload } from '../media/upload.js';
import { hashOfFile } from '../platform/crypto/hashes.js';
import { pageOf } from '../platform/database/paging.js';
import { asDownload } from '../platform/http/download.js';
import { Allow, Answers, AnswersNothing, Who } from '../platform/http/routes.js';
import { parsed } from '../platform/http/validation.js';
import { FaxDocuments } from './documents/fax-documents.js';
import { FaxPress } from './documents/fax-press.js';
import {
  documentQuery,
  faxAccepted,
  faxQuery,
  faxReply,
  newFax,
  pageImageQuery,
  uploadedFax,
} from './faxes.schemas.js';
import { FaxesService } from './faxes.service.js';
import { FaxOrders } from './queue/fax-orders.js';

const LONGEST_KEY = 200;

@Controller('api/faxes')
export class FaxesController {
  constructor(
    private readonly faxes: FaxesService,
    private readonly orders: FaxOrders,
    private readonly documents: FaxDocuments,
    private readonly press: FaxPress,
    private readonly uploads: MediaStore,
  ) {}

  @Get()
  @Allow('viewer', 'List the faxes: the queue, what is on the line, and what was.')
  @Answers(200, pageOf(faxReply))
  list(@Who() who: Principal, @Query({ schema: faxQuery }) query: z.output<typeof faxQuery>) {
    return this.faxes.list(who, query);
  }

  @Post()
  @Allow('operator', 'Put a fax into the queue: a document that is there, or a file (TIFF, PDF, PNG, JPEG, text).')
  @ApiConsumes('multipart/form-data', 'application/json')
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'The same key gives the same fax, however often it is sent.',
  })
  @ApiBody({
    schema: {
      type: 'object',
      required: ['to'],
      properties: {
        to: { type: 'string' },
        from: { type: 'string' },
        file: { type: 'string', format: 'binary' },
        media: { type: 'string' },
        options: { type: 'object' },
        priority: { type: 'integer' },
        notBefore: { type: 'string', format: 'date-time' },
        notAfter: { type: 'string', format: 'date-time' },
        schedule: { type: 'string' },
      },
    },
  })
  @Answers(202, faxAccepted)
  async add(
    @Who() who: Principal,
    @Headers('idempotency-key') key: string | undefined,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    if (key !== undefined && (key === '' || key.length > LONGEST_KEY))
      throw invalid([{ path: 'Idempotency-Key', message: `has 1 to ${LONGEST_KEY} characters` }]);
    this.faxes.requireFax();
    if (!request.is('multipart/form-data')) {
      const given = parsed(newFax, request.body);
      return this.orders.submit(who, given, key ?? null);
    }
    return withUpload(
      await receiveFile(request, response, this.uploads.uploads),
      async ({ path, fileName, fields }) => {
        const { name, ...order } = parsed(uploadedFax, fields);
        this.orders.check(order);
        // Only a key asks what exactly was sent with it.
        const whole = key === undefined ? undefined : { ...order, digest: await hashOfFile(path) };
        const known = await this.orders.known(who.workspaceId, key ?? null, whole);
        if (known) return known;
        const document = await this.press.take(who.workspaceId, path, name ?? (fileName || 'fax'));
        return this.orders.submit(who, { ...order, media: document.id }, key ?? null, whole);
      },
    );
  }

  @Get(':id')
  @Allow('viewer', 'Read a fax with all tries.')
  @Answers(200, faxReply)
  get(@Who() who: Principal, @Param('id') id: string) {
    return this.faxes.get(who, id);
  }

  @Get(':id/document')
  @Allow('viewer', 'Download the document of a fax, as PDF or as TIFF.')
  @ApiProduces('application/pdf', 'image/tiff')
  async document(
    @Who() who: Principal,
    @Param('id') id: string,
    @Query({ schema: documentQuery }) { format }: z.output<typeof documentQuery>,
    @Res({ passthrough: true }) response: Response,
  ) {
    const document = await this.faxes.document(who, id);
    asDownload(
      response,
      `${document.name.replace(/\.(tiff?|pdf|png|jpe?g|txt)$/i, '')}.${format === 'pdf' ? 'pdf' : 'tif'}`,
    );
    if (format === 'tiff')
      return new StreamableFile(createReadStream(this.documents.pathOf(document.id)), { type: 'image/tiff' });
    return new StreamableFile(await this.press.pdf(document), { type: 'application/pdf' });
  }

  @Get(':id/pages/:page')
  @Allow('viewer', 'A page of a fax as a PNG picture.')
  @ApiProduces('image/png')
  async page(
    @Who() who: Principal,
    @Param('id') id: string,
    @Param('page', ParseIntPipe) page: number,
    @Query({ schema: pageImageQuery }) { width }: z.output<typeof pageImageQuery>,
    @Res({ passthrough: true }) response: Response,
  ) {
    const document = await this.faxes.document(who, id);
    response.setHeader('Cache-Control', 'private, max-age=3600');
    return new StreamableFile(await this.press.png(document, page, width), { type: 'image/png' });
  }

  @Post(':id/resend')
  @Allow('operator', 'Send a fax once more, from the first page that was not confirmed.')
  @Answers(202, faxAccepted)
  resend(@Who() who: Principal, @Param('id') id: string) {
    return this.faxes.resend(who, id);
  }

  @Delete(':id')
  @Allow('operator', 'Cancel a fax that is not over.')
  @AnswersNothing()
  @HttpCode(204)
  cancel(@Who() who: Principal, @Param('id') id: string) {
    return this.faxes.cancel(who, id);
  }
}
