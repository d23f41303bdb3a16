import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { newId } from '../ids.js';
import { CONFIG, LOGGER } from '../tokens.js';

const CHANNEL = 'callwright:changed';

/** What processes keep in memory of the database. */
export type Kept = 'environments' | 'limits' | 'numbers' | 'phones' | 'scenarios' | 'trunks' | 'webhooks';

/** Tells the other processes on this database what has changed, so that they read it anew. Without REDIS_URL there are no others. */
@Injectable()
export class Bus implements OnApplicationShutdown {
  readonly #me = newId();
  readonly #readers = new Map<Kept, (() => Promise<void> | void)[]>();
  readonly #redis: { readonly publisher: Redis; readonly subscriber: Redis } | null;

  constructor(
    @Inject(CONFIG) config: Pick<Config, 'REDIS_URL'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.#redis = config.REDIS_URL === undefined ? null : this.#connect(config.REDIS_URL);
  }

  /** Connections for others who share events through Redis; null without it. */
  get redis() {
    return this.#redis;
  }

  /** `read` runs when another process has changed `what`, and when the connection was lost meanwhile. */
  onChange(what: Kept, read: () => Promise<void> | void): void {
    this.#readers.set(what, [...(this.#readers.get(what) ?? []), read]);
  }

  tell(what: Kept): void {
    this.#redis?.publisher
      .publish(CHANNEL, `${this.#me} ${what}`)
      .catch((error: unknown) =>
        this.logger.warn({ err: error, what }, 'the other processes could not be told of a change'),
      );
  }

  async onApplicationShutdown(): Promise<void> {
    this.#redis?.publisher.disconnect();
    this.#redis?.subscriber.disconnect();
    await Promise.resolve();
  }

  #connect(url: string) {
    const publisher = new Redis(url, { maxRetriesPerRequest: 1 });
    const subscriber = new Redis(url);
    for (const connection of [publisher, subscriber]) {
      connection.on('error', (error) => this.logger.warn({ err: error }, 'Redis does not answer'));
    }
    subscriber.on('message', (channel: string, message: string) => {
      const [from, what] = message.split(' ');
      if (channel === CHANNEL && from !== this.#me) this.#readAnew([what as Kept]);
    });
    // What was told while we were away is lost: read everything.
    subscriber.on('ready', () => {
      subscriber
        .subscribe(CHANNEL)
        .catch((error: unknown) => this.logger.warn({ err: error }, 'Redis does not answer'));
      this.#readAnew([...this.#readers.keys()]);
    });
    return { publisher, subscriber };
  }

  #readAnew(whats: readonly Kept[]): void {
    for (const read of whats.flatMap((what) => this.#readers.get(what) ?? [])) {
      Promise.resolve(read()).catch((error: unknown) =>
        this.logger.error({ err: error }, 'a change could not be read'),
      );
    }
  }
}
