import type { WebhookDelivery } from './webhook.entity.js';

/** As much as a person looks through to see what went wrong. */
const MOST = 50;

/** What became of one delivery. */
export interface FinishedDelivery {
  readonly delivery: WebhookDelivery;
  readonly state: 'delivered' | 'given-up';
  readonly error: string | null;
  readonly at: string;
}

/**
 * The last deliveries of each webhook that have come to an end, in memory: what arrives must cost the database nothing more. What is
 * still to be tried again is in the database; why its last try failed is here.
 */
export class DeliveryHistory {
  readonly #finished = new Map<string, FinishedDelivery[]>();
  readonly #errors = new Map<string, string>();

  of(webhookId: string): readonly FinishedDelivery[] {
    return this.#finished.get(webhookId) ?? [];
  }

  errorOf(deliveryId: string): string | null {
    return this.#errors.get(deliveryId) ?? null;
  }

  failed(deliveryId: string, error: string): void {
    this.#errors.set(deliveryId, error);
  }

  finished(done: FinishedDelivery): void {
    this.#errors.delete(done.delivery.id);
    const before = this.#finished.get(done.delivery.webhookId) ?? [];
    this.#finished.set(done.delivery.webhookId, [done, ...before].slice(0, MOST));
  }

  /** Takes one out, to be tried again. */
  take(webhookId: string, deliveryId: string): WebhookDelivery | null {
    const all = this.#finished.get(webhookId) ?? [];
    const found = all.find(({ delivery }) => delivery.id === deliveryId);
    if (!found) return null;
    this.#finished.set(
      webhookId,
      all.filter((one) => one !== found),
    );
    return found.delivery;
  }
}
