import { createHmac } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type Clock, messageOf, type Unsubscribe } from '@callwright/kernel';
import type { Logger } from 'pino';
import { LessThanOrEqual } from 'typeorm';
import { type CallHappening, CallRegistry } from '../calls/call-registry.js';
import { Database } from '../platform/database/database.js';
import { Egress } from '../platform/egress/egress.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { iso } from '../platform/time/system-clock.js';
import { CLOCK, LOGGER } from '../platform/tokens.js';
import type { Principal } from '../auth/principal.js';
import { apiError } from '../errors.js';
import { DeliveryHistory } from './delivery-history.js';
import { WebhookDelivery } from './webhook.entity.js';
import type { DeliveryItem } from './webhooks.schemas.js';
import { WebhooksService } from './webhooks.service.js';

/** Waits after each failed attempt; after the last the delivery is given up. */
const BACKOFF_MS = [1000, 5000, 30_000, 120_000, 600_000, 3_600_000, 4 * 3_600_000];
const TIMEOUT_MS = 10_000;
const AT_ONCE = 16;
const COLLECT_MS = 100;
const IDLE_MS = 5000;
/** Events that wait for the database; a flood beyond this is dropped and counted, and calls go on. */
const MOST_WAITING = 50_000;

const MOST_LISTED = 50;

function itemOf(
  { id, body, attempts, createdAt, dueAt }: WebhookDelivery,
  end: Pick<DeliveryItem, 'state' | 'error' | 'at'>,
): DeliveryItem {
  const { name, callId } = JSON.parse(body) as { name: string; callId?: string };
  return {
    id,
    event: name,
    callId: callId ?? null,
    attempts,
    createdAt,
    dueAt: end.state === 'waiting' ? dueAt : null,
    ...end,
  };
}

/** `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">` */
export const signatureOf = (secret: string, seconds: number, body: string) =>
  `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;

/** Takes events to webhooks, out of the way of calls: collected in memory, kept in the database, tried until they arrive (S7). */
@Injectable()
export class Deliveries implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #history = new DeliveryHistory();
  #waiting: WebhookDelivery[] = [];
  #cancel: Unsubscribe | undefined;
  #round: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(
    private readonly webhooks: WebhooksService,
    private readonly calls: CallRegistry,
    private readonly database: Database,
    private readonly egress: Egress,
    private readonly metrics: Metrics,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.calls.happened.subscribe((happening) => this.#take(happening));
    this.#schedule(IDLE_MS);
  }

  /** Never throws and never waits. */
  #take({ workspaceId, event }: CallHappening): void {
    const listening = this.webhooks.listening(workspaceId, event.name);
    if (listening.length === 0) return;
    const body = JSON.stringify(event);
    for (const { id } of listening) {
      if (this.#waiting.length >= MOST_WAITING) {
        this.metrics.webhookDeliveries.inc({ result: 'dropped' });
        continue;
      }
      const row = this.database.fresh();
      this.#waiting.push({ ...row, workspaceId, webhookId: id, body, attempts: 0, dueAt: row.createdAt });
    }
    if (this.#waiting.length === listening.length) this.#schedule(COLLECT_MS);
  }

  /** The deliveries of a webhook that wait, and the last that came to an end, newest first. */
  async list(who: Principal, webhookId: string): Promise<DeliveryItem[]> {
    await this.webhooks.get(who, webhookId);
    const kept = await this.database
      .rows(WebhookDelivery)
      .find({ where: { webhookId }, order: { createdAt: 'DESC' }, take: MOST_LISTED });
    const waiting = [...this.#waiting.filter((one) => one.webhookId === webhookId).slice(-MOST_LISTED), ...kept].map(
      (delivery) =>
        itemOf(delivery, { state: 'waiting', error: this.#history.errorOf(delivery.id), at: delivery.updatedAt }),
    );
    const finished = this.#history.of(webhookId).map(({ delivery, ...end }) => itemOf(delivery, end));
    return [...waiting, ...finished].sort((a, b) => b.createdAt.localeCompare(a.createdAt)).slice(0, MOST_LISTED);
  }

  /** Tries a delivery again at once: one that waits for its next try, or one that came to an end. */
  async retry(who: Principal, webhookId: string, id: string): Promise<void> {
    await this.webhooks.get(who, webhookId);
    const dueAt = this.database.now();
    const finished = this.#history.take(webhookId, id);
    const { affected } = finished
      ? { affected: 1 }
      : await this.database.change((manager) => manager.update(WebhookDelivery, { id, webhookId }, { dueAt }));
    if (finished) this.#waiting.push({ ...finished, attempts: 0, dueAt });
    if (affected === 0) throw apiError('input.not-found');
    await this.flush();
  }

  /** Sends `webhook.tested`, once and at once; says how it went. */
  async test(
    who: Principal,
    webhookId: string,
  ): Promise<{ delivered: boolean; error: string | null; durationMs: number }> {
    const webhook = await this.webhooks.get(who, webhookId);
    const row = this.database.fresh();
    const body = JSON.stringify({ name: 'webhook.tested', at: row.createdAt, by: who.label });
    const delivery = { ...row, workspaceId: who.workspaceId, webhookId, body, attempts: 1, dueAt: row.createdAt };
    const began = this.clock.now();
    const error = await this.#send(webhook.url, this.webhooks.secretOf(webhook), delivery);
    const state = error === null ? 'delivered' : 'given-up';
    this.#history.finished({ delivery, state, error, at: this.database.now() });
    return { delivered: error === null, error, durationMs: Math.round(this.clock.now() - began) };
  }

  /** One round: what waits is kept, what is due is sent. */
  flush(): Promise<void> {
    this.#round = this.#round
      .then(() => this.#run())
      .catch((error: unknown) => this.logger.error({ err: error }, 'webhooks are stuck'));
    return this.#round;
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stopped = true;
    this.#cancel?.();
    await this.#round;
    await this.#keep().catch((error: unknown) => {
      this.logger.error({ err: error, lost: this.#waiting.length }, 'webhook deliveries could not be kept');
    });
  }

  #schedule(ms: number): void {
    if (this.#stopped) return;
    this.#cancel?.();
    this.#cancel = this.clock.at(this.clock.now() + ms, () => void this.flush());
  }

  async #run(): Promise<void> {
    let sent = 0;
    try {
      await this.#keep();
      const due = await this.database.rows(WebhookDelivery).find({
        where: { dueAt: LessThanOrEqual(this.database.now()) },
        order: { createdAt: 'ASC', id: 'ASC' },
        take: AT_ONCE,
      });
      await Promise.all(due.map((delivery) => this.#deliver(delivery)));
      sent = due.length;
    } finally {
      this.#schedule(this.#waiting.length > 0 || sent === AT_ONCE ? COLLECT_MS : sent > 0 ? 1000 : IDLE_MS);
    }
  }

  async #keep(): Promise<void> {
    const rows = this.#waiting;
    if (rows.length === 0) return;
    this.#waiting = [];
    try {
      await this.database.change(async (manager) => {
        for (let from = 0; from < rows.length; from += 500)
          await manager.insert(WebhookDelivery, rows.slice(from, from + 500));
      });
    } catch (error) {
      this.#waiting = [...rows, ...this.#waiting].slice(0, MOST_WAITING);
      throw error;
    }
  }

  async #deliver(delivery: WebhookDelivery): Promise<void> {
    const webhook = this.webhooks.find(delivery.webhookId);
    const error = webhook ? await this.#send(webhook.url, this.webhooks.secretOf(webhook), delivery) : null;
    const wait = BACKOFF_MS[delivery.attempts];
    const result = error === null ? 'delivered' : wait === undefined ? 'given-up' : 'failed';
    this.metrics.webhookDeliveries.inc({ result });
    if (error !== null)
      this.logger.warn(
        { webhook: delivery.webhookId, attempts: delivery.attempts + 1, reason: error },
        `webhook ${result}`,
      );
    if (result === 'failed') this.#history.failed(delivery.id, error ?? '');
    else
      this.#history.finished({
        delivery: { ...delivery, attempts: delivery.attempts + 1 },
        state: result,
        error,
        at: this.database.now(),
      });
    await this.database.change(async (manager) => {
      if (result !== 'failed' || wait === undefined) await manager.delete(WebhookDelivery, { id: delivery.id });
      else {
        const dueAt = iso(this.clock.now() + wait * (0.8 + 0.4 * Math.random()));
        await manager.update(
          WebhookDelivery,
          { id: delivery.id },
          { attempts: delivery.attempts + 1, dueAt, updatedAt: this.database.now() },
        );
      }
    });
  }

  /** Null: it arrived; else why not. */
  async #send(url: string, secret: string, { id, body }: Pick<WebhookDelivery, 'id' | 'body'>): Promise<string | null> {
    const seconds = Math.floor(this.clock.now() / 1000);
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Callwright',
      'x-callwright-delivery': id,
      'x-callwright-signature': signatureOf(secret, seconds, body),
    };
    try {
      const { status } = await this.egress.request({ method: 'POST', url, headers, body, timeoutMs: TIMEOUT_MS });
      return status < 300 ? null : `status ${status}`;
    } catch (error) {
      return messageOf(error);
    }
  }
}
