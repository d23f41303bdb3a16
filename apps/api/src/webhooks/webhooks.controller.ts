import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import type { Principal } from '../auth/principal.js';
import { pageOf, type PageQuery, pageQuery } from '../platform/database/paging.js';
import { Allow, Answers, AnswersNothing, Who } from '../platform/http/routes.js';
import { Deliveries } from './deliveries.js';
import {
  deliveriesReply,
  madeWebhookReply,
  testReply,
  newWebhook,
  webhookPatch,
  webhookReply,
} from './webhooks.schemas.js';
import { WebhooksService } from './webhooks.service.js';

@Controller('api/webhooks')
export class WebhooksController {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly deliveries: Deliveries,
  ) {}

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

  @Get(':id/deliveries')
  @Allow('admin', 'The last deliveries of a webhook: those that wait, and what became of the others.')
  @Answers(200, deliveriesReply)
  async listDeliveries(@Who() who: Principal, @Param('id') id: string) {
    return { items: await this.deliveries.list(who, id), next: null };
  }

  @Post(':id/deliveries/:delivery/retry')
  @Allow('admin', 'Try a delivery again now.')
  @AnswersNothing()
  retry(@Who() who: Principal, @Param('id') id: string, @Param('delivery') delivery: string) {
    return this.deliveries.retry(who, id, delivery);
  }

  @Post(':id/test')
  @Allow('admin', 'Send the event `webhook.tested` now, and say whether it arrived.')
  @Answers(200, testReply)
  test(@Who() who: Principal, @Param('id') id: string) {
    return this.deliveries.test(who, id);
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
