import { Topic, type Unsubscribe } from '@callwright/kernel';
import type { ChannelEvent } from './events.js';

/**
 * Where a channel tells its events, the same for every adapter. A call begins before its host can listen: what was told until then
 * is given to the first subscriber at once, in order. Nothing is told after `call.channel-ended`.
 */
export class ChannelTopic {
  readonly #topic = new Topic<ChannelEvent>();
  #early: ChannelEvent[] | null = [];
  #ended = false;

  tell(event: ChannelEvent): void {
    if (this.#ended) return;
    this.#ended = event.name === 'call.channel-ended';
    if (this.#early) this.#early.push(event);
    else this.#topic.publish(event);
  }

  subscribe(listener: (event: ChannelEvent) => void): Unsubscribe {
    const early = this.#early ?? [];
    this.#early = null;
    const unsubscribe = this.#topic.subscribe(listener);
    for (const event of early) listener(event);
    return unsubscribe;
  }
}
