import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import type { Principal } from '../auth/principal.js';
import { pageOf, type PageQuery, pageQuery } from '../platform/database/paging.js';
import { Allow, Answers, AnswersNothing, Who } from '../platform/http/routes.js';
import { madeWebhookReply, newWebhook, webhookPatch, webhookReply } from './webhooks.schemas.js';
import { WebhooksService } from './webhooks.service.js';

@Controller('api/webhooks')
export class WebhooksController {
  constructor(private readonly webhooks: WebhooksService) {}

  @Get()
  @Allow('viewer', 'List the webhooks.')
  @Answers(200, pageOf(webhookReply))
  list(@Who() who: Principal, @Query({ schema: pageQuery }) query: PageQuery) {
    return this.webhooks.list(who, query);
  }

  @Post()
  @Allow('admin', 'Make a webhook; the secret that signs its deliveries is shown only now.')
  @Answers(201, madeWebhookReply)
  add(@Who() who: Principal, @Body({ schema: newWebhook }) body: z.output<typeof newWebhook>) {
    return this.webhooks.add(who, body);
  }

  @Get(':id')
  @Allow('viewer', 'Read a webhook.')
  @Answers(200, webhookReply)
  get(@Who() who: Principal, @Param('id') id: string) {
    return this.webhooks.get(who, id);
  }

  @Patch(':id')
  @Allow('admin', 'Change a webhook.')
  @Answers(200, webhookReply)
  change(
    @Who() who: Principal,
    @Param('id') id: string,
    @Body({ schema: webhookPatch }) body: z.output<typeof webhookPatch>,
  ) {
    return this.webhooks.change(who, id, body);
  }

  @Delete(':id')
  @Allow('admin', 'Remove a webhook.')
  @AnswersNothing()
  remove(@Who() who: Principal, @Param('id') id: string) {
    return this.webhooks.remove(who, id);
  }
}
