import { Entity } from 'typeorm';
import { Int, JsonColumn, Text, Time } from '../platform/database/columns.js';
import { WorkspaceRow } from '../platform/database/row.js';

/** Somebody who wants to hear of events over HTTP. */
@Entity('webhooks')
export class Webhook extends WorkspaceRow {
  @Text()
  url!: string;

  /** Event names, `call.*`, or `*`. */
  @JsonColumn()
  events!: string[];

  @Text()
  sealedSecret!: string;
}

/** One event on its way to one webhook. Gone once it is delivered or given up. */
@Entity('webhook_deliveries')
export class WebhookDelivery extends WorkspaceRow {
  @Text()
  webhookId!: string;

  /** The body as it is sent and signed, each time the same. */
  @Text()
  body!: string;

  @Int()
  attempts!: number;

  @Time()
  dueAt!: string;
}
