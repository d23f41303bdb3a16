import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { channelError } from '@callwright/channel-contract';
import { readFaxOptions } from '@callwright/fax';
import { isCallwrightError, type Clock } from '@callwright/kernel';
import { Audit } from '../../audit/audit.js';
import type { Principal } from '../../auth/principal.js';
import { apiError, invalid } from '../../errors.js';
import { Database, unique } from '../../platform/database/database.js';
import { CLOCK } from '../../platform/tokens.js';
import { SchedulesService } from '../../schedules/schedules.service.js';
import { FaxDocuments } from '../documents/fax-documents.js';
import { Fax, FRESH_FAX } from '../fax.entity.js';
import type { NewFax } from '../faxes.schemas.js';

/** Numbers as people write them. */
const NUMBER = /^\+?[0-9][0-9 ().-]{1,31}$/;

/** Takes faxes into the queue. */
@Injectable()
export class FaxOrders {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly documents: FaxDocuments,
    private readonly schedules: SchedulesService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Before an upload is worked on: what would be refused anyway is refused now. */
  check({ to, options, notBefore, notAfter }: Pick<NewFax, 'to' | 'options' | 'notBefore' | 'notAfter'>): void {
    if (/^[+\d]/.test(to) && !NUMBER.test(to)) throw invalid([{ path: 'to', message: 'is no number' }]);
    if (
      notAfter !== undefined &&
      Date.parse(notAfter) <= Math.max(this.clock.now(), Date.parse(notBefore ?? '1970-01-01'))
    )
      throw invalid([{ path: 'notAfter', message: 'must be in the future, and after notBefore' }]);
    const reading = readFaxOptions(options);
    if (!reading.ok)
      throw apiError(
        'fax.bad-options',
        { cause: reading.cause, failedOption: reading.failedOption },
        `${reading.explanation} ${reading.advice}`,
      );
  }

  /** The fax of an earlier request with the same key, or null. The same key for something else is a mistake. */
  async known(workspaceId: string, idempotencyKey: string | null, request: unknown): Promise<Fax | null> {
    if (idempotencyKey === null) return null;
    const known = await this.database.rows(Fax).findOneBy({ workspaceId, idempotencyKey });
    if (known && known.requestHash !== hashOf(request)) throw apiError('fax.key-reused');
    return known;
  }

  /** Puts a fax into the queue; the same key gives the same fax. */
  async submit(
    who: Pick<Principal, 'workspaceId' | 'label'>,
    { media, ...order }: Omit<NewFax, 'media'> & { readonly media: string },
    idempotencyKey: string | null,
    request: unknown = { media, ...order },
  ): Promise<Fax> {
    this.check(order);
    const known = await this.known(who.workspaceId, idempotencyKey, request);
    if (known) return known;
    const document = await this.documents.named(who.workspaceId, media);
    if (!document) throw channelError('fax.document-not-found', { name: media });
    const { to, from, options, priority, notBefore, notAfter, schedule } = order;
    // Throws when there is none of that name.
    if (schedule !== undefined) await this.schedules.named(who.workspaceId, schedule);
    const fresh = this.database.fresh();
    const fax: Fax = {
      ...FRESH_FAX,
      ...fresh,
      workspaceId: who.workspaceId,
      direction: 'outbound',
      state: 'queued',
      to: NUMBER.test(to) ? to.replace(/[ ().-]/g, '') : to,
      from: from ?? null,
      document: document.name,
      options,
      priority,
      nextAttemptAt: notBefore === undefined ? fresh.createdAt : inUtc(notBefore),
      giveUpAt: notAfter === undefined ? null : inUtc(notAfter),
      schedule: schedule ?? null,
      totalPages: document.pages,
      callId: null,
      idempotencyKey,
      requestHash: idempotencyKey === null ? null : hashOf(request),
    };
    try {
      await unique(
        'fax.key-reused',
        this.database.change(async (manager) => {
          await manager.insert(Fax, fax as never);
          await this.audit.note(manager, who, {
            action: 'fax.queued',
            target: fax.id,
            after: { to: fax.to, document: fax.document },
          });
        }),
      );
    } catch (error) {
      // Somebody sent the same at the same time.
      const other = isCallwrightError(error) && error.code === 'fax.key-reused';
      const first = other ? await this.known(who.workspaceId, idempotencyKey, request) : null;
      if (!first) throw error;
      return first;
    }
    return fax;
  }
}

const inUtc = (time: string): string => new Date(time).toISOString();

const hashOf = (request: unknown): string => createHash('sha256').update(JSON.stringify(request)).digest('hex');
