import { randomBytes } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { z } from 'zod';
import { Audit } from '../audit/audit.js';
import type { Principal } from '../auth/principal.js';
import { Bus } from '../platform/bus/bus.js';
import { SecretBox } from '../platform/crypto/secret-box.js';
import { Database } from '../platform/database/database.js';
import type { PageQuery } from '../platform/database/paging.js';
import { Shelf } from '../platform/database/shelf.js';
import { newId } from '../platform/ids.js';
import { Webhook, WebhookDelivery } from './webhook.entity.js';
import { hears, type newWebhook, type webhookPatch } from './webhooks.schemas.js';

@Injectable()
export class WebhooksService implements OnModuleInit {
  readonly #webhooks: Shelf<Webhook>;
  #all: readonly Webhook[] = [];

  constructor(
    private readonly database: Database,
    audit: Audit,
    private readonly box: SecretBox,
    private readonly bus: Bus,
  ) {
    bus.onChange('webhooks', () => this.#reload());
    this.#webhooks = new Shelf(database, audit, { entity: Webhook, noun: 'webhook', taken: 'input.taken' });
  }

  onModuleInit(): Promise<void> {
    return this.#reload();
  }

  /** From memory: who hears of such an event. */
  listening(workspaceId: string, eventName: string): readonly Webhook[] {
    return this.#all.filter((webhook) => webhook.workspaceId === workspaceId && hears(webhook.events, eventName));
  }

  find(id: string): Webhook | undefined {
    return this.#all.find((webhook) => webhook.id === id);
  }

  secretOf({ id, sealedSecret }: Webhook): string {
    return this.box.open(sealedSecret, `webhook ${id}`);
  }

  list(who: Principal, query: PageQuery) {
    return this.#webhooks.list(who, query);
  }

  get(who: Principal, id: string) {
    return this.#webhooks.get(who, id);
  }

  async add(who: Principal, { url, events }: z.output<typeof newWebhook>) {
    const id = newId();
    const secret = `whsec_${randomBytes(32).toString('base64url')}`;
    const row = await this.#webhooks.add(who, {
      id,
      url,
      events,
      sealedSecret: this.box.seal(secret, `webhook ${id}`),
    });
    await this.#announce();
    return { ...row, secret };
  }

  async change(who: Principal, id: string, patch: z.output<typeof webhookPatch>) {
    const row = await this.#webhooks.change(who, id, patch);
    await this.#announce();
    return row;
  }

  async remove(who: Principal, id: string): Promise<void> {
    await this.#webhooks.remove(
      who,
      id,
      async (manager) => void (await manager.delete(WebhookDelivery, { webhookId: id })),
    );
    await this.#announce();
  }

  async #announce(): Promise<void> {
    await this.#reload();
    this.bus.tell('webhooks');
  }

  async #reload(): Promise<void> {
    this.#all = await this.database.rows(Webhook).find();
  }
}
