import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { isComplete } from '@callwright/fax';
import type { Unsubscribe } from '@callwright/kernel';
import type { Logger } from 'pino';
import { type CallHappening, CallRegistry } from '../../calls/call-registry.js';
import { Database } from '../../platform/database/database.js';
import { LOGGER } from '../../platform/tokens.js';
import { Fax, FRESH_FAX } from '../fax.entity.js';
import { FaxLine } from './fax-line.js';

/** Writes down the faxes of scenarios, in and out: the queue writes its own. */
@Injectable()
export class FaxJournal implements OnModuleInit, OnModuleDestroy {
  /** By call and leg: a leg has one fax at a time. */
  readonly #running = new Map<string, Fax>();
  #writing: Promise<unknown> = Promise.resolve();
  #unsubscribe: Unsubscribe | undefined;

  constructor(
    private readonly database: Database,
    private readonly registry: CallRegistry,
    private readonly line: FaxLine,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.#unsubscribe = this.registry.happened.subscribe((happening) => this.#hear(happening));
  }

  async onModuleDestroy(): Promise<void> {
    this.#unsubscribe?.();
    await this.#writing;
  }

  #hear({ event, record, workspaceId }: CallHappening): void {
    if (!event.name.startsWith('fax.') || this.line.has(event.callId)) return;
    if (event.name === 'fax.started') {
      const outbound = event.direction === 'send';
      // Seen from the fax: who sends is `from`, whoever called.
      const weCalled = record.direction === 'outbound';
      const fax: Fax = {
        ...FRESH_FAX,
        ...this.database.fresh(),
        workspaceId,
        direction: outbound ? 'outbound' : 'inbound',
        state: outbound ? 'sending' : 'receiving',
        from: outbound === weCalled ? record.from : record.to,
        to: outbound === weCalled ? record.to : record.from,
        document: event.document,
        options: {},
        nextAttemptAt: null,
        giveUpAt: null,
        schedule: null,
        totalPages: null,
        callId: event.callId,
      };
      this.#running.set(`${event.callId} ${event.leg}`, fax);
      this.#write(() => this.database.change((manager) => manager.insert(Fax, fax as never)));
      return;
    }
    if (event.name !== 'fax.page-sent' && event.name !== 'fax.page-received' && event.name !== 'fax.ended') return;
    const key = `${event.callId} ${event.leg}`;
    const fax = this.#running.get(key);
    if (!fax) return;
    if (event.name === 'fax.ended') {
      this.#running.delete(key);
      const { outcome, cause, explanation, advice, pages, totalPages, standard } = event;
      const received = event.direction === 'receive' && pages > 0;
      Object.assign(fax, {
        state: received ? 'received' : isComplete(outcome) ? 'sent' : outcome === 'aborted' ? 'cancelled' : 'failed',
        outcome,
        cause,
        explanation,
        advice,
        pages,
        totalPages,
        endedAt: event.at,
        attempts: [
          { at: event.at, callId: event.callId, outcome, cause, explanation, advice, pages, standard, options: {} },
        ],
      });
    } else fax.pages++;
    const { id, state, outcome, cause, explanation, advice, pages, totalPages, endedAt, attempts } = fax;
    const change = {
      state,
      outcome,
      cause,
      explanation,
      advice,
      pages,
      totalPages,
      endedAt,
      attempts,
      updatedAt: event.at,
    };
    this.#write(() => this.database.change((manager) => manager.update(Fax, { id }, change as never)));
  }

  #write(work: () => Promise<unknown>): void {
    this.#writing = this.#writing
      .then(work)
      .catch((error: unknown) => this.logger.error({ err: error }, 'a fax could not be written down'));
  }
}
