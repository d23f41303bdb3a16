import { Module } from '@nestjs/common';
import { RunningCallsModule } from '../calls/running-calls.module.js';
import { Deliveries } from './deliveries.js';
import { WebhooksController } from './webhooks.controller.js';
import { WebhooksService } from './webhooks.service.js';

@Module({
  imports: [RunningCallsModule],
  controllers: [WebhooksController],
  providers: [Deliveries, WebhooksService],
})
export class WebhooksModule {}
